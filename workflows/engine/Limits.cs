namespace NetwerkRegie.Engine;

/// <summary>What one flow may ask of the machine. Each is far above what people draw and far below what hurts.</summary>
public static class Limits
{
    /// <summary>Characters in the text of one definition.</summary>
    public const int DefinitionLength = 5_000_000;

    /// <summary>Containers within containers.</summary>
    public const int Nesting = 100;

    /// <summary>Elements in one list of a definition: activities, connections, cases and so on.</summary>
    public const int ListLength = 10_000;

    /// <summary>Variables that one activity can see.</summary>
    public const int Variables = 1_000;

    /// <summary>Faults that are told about one definition.</summary>
    public const int Faults = 1_000;

    /// <summary>Activities that may begin in one burst; beyond, the flow goes round without ever waiting.</summary>
    public const int ExecutionsPerBurst = 10_000;

    /// <summary>Parts of expressions that are evaluated in one burst, and elements and characters of what they give.</summary>
    public const int StepsPerBurst = 20_000_000;

    /// <summary>Branches or workflows that one activity may begin at once.</summary>
    public const int Parallel = 5_000;

    /// <summary>Workflows that start one another, counted from the first.</summary>
    public const int DispatchDepth = 20;

    /// <summary>Characters in one expression.</summary>
    public const int ExpressionLength = 10_000;

    /// <summary>Levels of brackets, calls and operators in one expression.</summary>
    public const int ExpressionDepth = 100;

    /// <summary>Parts of an expression that are evaluated, elements copied and characters made, in one evaluation.</summary>
    public const int EvaluationSteps = 1_000_000;

    /// <summary>Levels in a value that an instance holds or passes on.</summary>
    public const int ValueDepth = 32;

    /// <summary>Elements and characters together in one such value.</summary>
    public const int ValueSize = 1_000_000;
}
