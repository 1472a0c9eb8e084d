namespace NetwerkRegie.Engine;

/// <summary>What one flow may ask of the machine. Each is far above what people draw and far below what hurts.</summary>
public static class Limits
{
    /// <summary>Activities that may begin in one burst; beyond, the flow goes round without ever waiting.</summary>
    public const int ExecutionsPerBurst = 10_000;

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
