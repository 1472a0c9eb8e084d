using System.Globalization;

namespace NetwerkRegie.Engine.Expressions;

/// <summary>Recursive descent, checking names, methods and numbers of arguments on the way.</summary>
internal sealed class Parser
{
    private static readonly string[][] BinaryOperators =
    [
        ["??", "||"], ["&&"], ["===", "!==", "==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"],
    ];

    private static readonly HashSet<string> Statements =
    [
        "async", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "delete", "do", "else", "export", "finally",
        "for", "function", "if", "import", "in", "instanceof", "let", "return", "super", "switch", "this", "throw", "try", "var", "void",
        "while", "with", "yield",
    ];

    private readonly Lexer lexer;
    private readonly Names names;
    private readonly List<string> parameters = [];
    private Token current;
    private int nesting;

    public Parser(string text, Names names)
    {
        lexer = new(text);
        this.names = names;
        parameters.AddRange(names.Arguments);
        current = lexer.Next();
    }

    /// <summary>The expression, or null where there is none.</summary>
    public Node? Parse()
    {
        if (current.Is("{"))
        {
            throw Fault(current, "Zet een object tussen haakjes: ({ … }).");
        }

        if (current.IsWord("return"))
        {
            Advance();
        }

        var node = current.Kind == TokenKind.End || current.Is(";") ? null : Expression();
        while (current.Is(";"))
        {
            Advance();
        }

        return current.Kind == TokenKind.End ? node : throw Unexpected();
    }

    private Node Expression()
    {
        Enter();
        var condition = BinaryFrom(0);
        if (current.Is("?"))
        {
            Advance();
            var then = Expression();
            Expect(":");
            var otherwise = Expression();
            condition = Made(new Conditional(condition, then, otherwise), condition, then, otherwise);
        }

        nesting--;
        return condition;
    }

    private Node BinaryFrom(int level)
    {
        if (level == BinaryOperators.Length)
        {
            return UnaryNode();
        }

        var left = BinaryFrom(level + 1);
        while (current.Kind == TokenKind.Symbol && BinaryOperators[level].Contains(current.Text))
        {
            var operation = Advance().Text;
            var right = BinaryFrom(level + 1);
            left = Made<Node>(operation is "??" or "||" or "&&" ? new Logical(operation, left, right) : new Binary(operation, left, right), left, right);
        }

        return left;
    }

    private Node UnaryNode()
    {
        if (!current.Is("!") && !current.Is("-") && !current.Is("+") && !current.IsWord("typeof"))
        {
            return Postfix();
        }

        Enter();
        var operation = Advance().Text;
        var operand = UnaryNode();
        nesting--;
        return Made(new Unary(operation, operand), operand);
    }

    private Node Postfix()
    {
        var node = Primary();
        var isOptional = false;
        while (true)
        {
            if (current.Is(".") || current.Is("?."))
            {
                var optional = Advance().Is("?.");
                isOptional |= optional;
                if (optional && current.Is("["))
                {
                    node = Index(node, optional: true);
                    continue;
                }

                var name = Identifier();
                node = current.Is("(")
                    ? Method(node, name, optional)
                    : Made(new Member(node, new Constant(name.Text), optional, PlaceOf(name)), node);
            }
            else if (current.Is("["))
            {
                node = Index(node, optional: false);
            }
            else if (current.Is("("))
            {
                throw Fault(current, "Hier staat geen functie die kan worden aangeroepen.");
            }
            else
            {
                return isOptional ? Made(new Chain(node), node) : node;
            }
        }
    }

    private Member Index(Node target, bool optional)
    {
        var bracket = Advance();
        var index = Expression();
        Expect("]");
        return Made(new Member(target, index, optional, PlaceOf(bracket)), target, index);
    }

    private Call Method(Node target, Token name, bool optional)
    {
        var candidates = Library.Candidates(target.Kind, name.Text).ToList();
        if (candidates.Count == 0)
        {
            throw Fault(name, $"De functie '{name.Text}' bestaat hier niet.");
        }

        var arguments = CallArguments(name, candidates);
        return Made(new Call(target, name.Text, arguments, optional, PlaceOf(name)), [target, .. arguments]);
    }

    private Node Primary()
    {
        var token = current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new Constant(token.Number);
            case TokenKind.String:
                Advance();
                return new Constant(token.Text);
            case TokenKind.Template:
                return TemplateText(token);
            case TokenKind.Identifier:
                return Named();
        }

        if (token.Is("("))
        {
            Advance();
            var node = Expression();
            Expect(")");

            // The brackets end an optional chain: (a?.b).c fails where a?.b is nothing.
            return node;
        }

        return token switch
        {
            _ when token.Is("[") => ArrayNode(),
            _ when token.Is("{") => ObjectNode(),
            _ when token.Is("/") || token.Is("/=") => throw Fault(token, "Reguliere expressies kunnen hier niet."),
            _ => throw Unexpected(),
        };
    }

    private Template TemplateText(Token start)
    {
        var parts = new List<Node>();
        while (true)
        {
            var (text, isHole) = lexer.TemplatePart(start.Start);
            parts.Add(new Constant(text));
            current = isHole ? lexer.Next() : default;
            if (!isHole)
            {
                current = lexer.Next();
                return Made(new Template(parts), [.. parts]);
            }

            parts.Add(Expression());
            if (!current.Is("}"))
            {
                throw Unexpected();
            }
        }
    }

    private ArrayLiteral ArrayNode()
    {
        var elements = new List<Node>();
        Advance();
        while (!current.Is("]"))
        {
            elements.Add(Expression());
            if (!current.Is("]"))
            {
                Expect(",");
            }
        }

        Advance();
        return Made(new ArrayLiteral(elements), [.. elements]);
    }

    private ObjectLiteral ObjectNode()
    {
        var members = new List<KeyValuePair<string, Node>>();
        Advance();
        while (!current.Is("}"))
        {
            var name = Advance();
            var key = name.Kind switch
            {
                TokenKind.Identifier or TokenKind.String => name.Text,
                TokenKind.Number => Js.ToText(name.Number),
                _ => throw Fault(name, "Hier hoort de naam van een veld."),
            };
            Expect(":");
            members.Add(new(key, Expression()));
            if (!current.Is("}"))
            {
                Expect(",");
            }
        }

        Advance();
        return Made(new ObjectLiteral(members), [.. members.Select(m => m.Value)]);
    }

    private Node Named()
    {
        var token = Advance();
        var parameter = parameters.LastIndexOf(token.Text);
        if (parameter >= 0)
        {
            return new Parameter(parameter);
        }

        switch (token.Text)
        {
            case "true":
                return new Constant(true);
            case "false":
                return new Constant(false);
            case "null":
                return new Constant(null);
            case "undefined":
                return new Constant(Undefined.Value);
            case "NaN":
                return new Constant(double.NaN);
            case "Infinity":
                return new Constant(double.PositiveInfinity);
            case "input" when current.Is("."):
                Advance();
                return InputNamed(Identifier());
            case "input":
                return new WorkflowInput();
            case "variables":
                return VariableNamed(MemberName(token));
            case "new" when current.IsWord("Date"):
                Advance();
                return LibraryCall(token, "new Date");
            case "new":
                throw Fault(token, "Alleen 'new Date(…)' kan hier worden gemaakt.");
        }

        if (Statements.Contains(token.Text))
        {
            throw Fault(token, $"'{token.Text}' hoort niet in een uitdrukking: alleen waarden en berekeningen kunnen hier.");
        }

        if (Library.Namespaces.Contains(token.Text) && current.Is("."))
        {
            Advance();
            return LibraryCall(token, $"{token.Text}.{Identifier().Text}");
        }

        return current.Is("(") ? Getter(token) : throw Fault(token, $"De naam '{token.Text}' is hier niet bekend.");
    }

    /// <summary>Elsa's getters name a variable, an input or an output, so they are checked against those that exist.</summary>
    private Node Getter(Token token)
    {
        switch (token.Text)
        {
            case "getVariable":
                return VariableNamed(Single());
            case "getInput":
                return InputNamed(Single());
            case "getOutputFrom":
                return OutputNamed(token);
        }

        if (token.Text.StartsWith("get", StringComparison.Ordinal) && Library.Function(token.Text) is null)
        {
            var variable = names.Variables.FindLast(v => token.Text.AsSpan(3).SequenceEqual(Pascal(v.Name)));
            if (variable is not null)
            {
                Expect("(");
                Expect(")");
                return new VariableNode(variable.Name, variable.Type);
            }

            if (OutputByName(token) is { } output)
            {
                return output;
            }
        }

        return LibraryCall(token, token.Text);
    }

    /// <summary>Elsa's getter per output of a named activity: getResultFromBeoordelen().</summary>
    private ActivityOutput? OutputByName(Token token)
    {
        var from = token.Text.LastIndexOf("From", StringComparison.Ordinal);
        if (from <= 3 || names.FindActivity(token.Text[(from + 4)..]) is not { } id)
        {
            return null;
        }

        Expect("(");
        Expect(")");
        names.ReadOutputs.Add(id);
        return new(id, Camel(token.Text[3..from]));
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private Call LibraryCall(Token token, string name)
    {
        if (Library.Function(name) is not { } function)
        {
            throw Fault(token, $"De functie '{name}' bestaat hier niet.");
        }

        var arguments = CallArguments(token, [function]);
        return Made(new Call(null, name, arguments, false, PlaceOf(token)), [.. arguments]);
    }

    private VariableNode VariableNamed(Token name) =>
        names.Variables.FindLast(v => v.Name == name.Text) is { } variable
            ? new(variable.Name, variable.Type)
            : throw Fault(name, $"De variabele '{name.Text}' bestaat hier niet.");

    /// <summary>A workflow that says which inputs it has is held to them.</summary>
    private Member InputNamed(Token name) =>
        names.Inputs.Count == 0 || names.Inputs.Contains(name.Text)
            ? new(new WorkflowInput(), new Constant(name.Text), false, PlaceOf(name))
            : throw Fault(name, $"De invoer '{name.Text}' bestaat niet.");

    private ActivityOutput OutputNamed(Token token)
    {
        Expect("(");
        var activity = StringToken();
        var output = current.Is(",") ? AdvanceThen(StringToken).Text : null;
        Expect(")");
        var id = names.FindActivity(activity.Text) ?? throw Fault(activity, $"De stap '{activity.Text}' bestaat niet.");
        names.ReadOutputs.Add(id);
        return new(id, output is null ? null : Camel(output));
    }

    private List<Node> CallArguments(Token name, IReadOnlyList<Function> candidates)
    {
        var arguments = new List<Node>();
        Expect("(");
        while (!current.Is(")"))
        {
            arguments.Add(IsLambda() ? LambdaNode() : Expression());
            if (!current.Is(")"))
            {
                Expect(",");
            }
        }

        Advance();
        if (!candidates.Any(f => arguments.Count >= f.Minimum && arguments.Count <= f.Maximum))
        {
            throw Fault(name, $"De functie '{name.Text}' krijgt hier het verkeerde aantal waarden mee.");
        }

        if (!candidates.Any(f => arguments.Index().All(a => a.Item is Lambda == (f.TakesCallback && a.Index == 0))))
        {
            throw Fault(name, candidates.Any(f => f.TakesCallback)
                ? $"De functie '{name.Text}' heeft een voorwaarde nodig zoals x => x > 1."
                : $"De functie '{name.Text}' kan geen functie meekrijgen.");
        }

        return arguments;
    }

    private bool IsLambda()
    {
        var (position, token) = (lexer.Position, current);
        try
        {
            if (current.Is("("))
            {
                do
                {
                    Advance();
                    if (current.Kind == TokenKind.Identifier)
                    {
                        Advance();
                    }
                }
                while (current.Is(","));

                if (!current.Is(")"))
                {
                    return false;
                }
            }
            else if (current.Kind != TokenKind.Identifier)
            {
                return false;
            }

            Advance();
            return current.Is("=>");
        }
        finally
        {
            (lexer.Position, current) = (position, token);
        }
    }

    private Lambda LambdaNode()
    {
        var first = parameters.Count;
        if (current.Is("("))
        {
            Advance();
            while (!current.Is(")"))
            {
                parameters.Add(Identifier().Text);
                if (!current.Is(")"))
                {
                    Expect(",");
                }
            }

            Advance();
        }
        else
        {
            parameters.Add(Identifier().Text);
        }

        var count = parameters.Count - first;
        var arrow = current;
        Expect("=>");
        if (count > 2)
        {
            throw Fault(arrow, "Een functie krijgt hier hoogstens twee waarden: het element en zijn plaats.");
        }

        if (current.Is("{"))
        {
            throw Fault(current, "Een functie bestaat hier uit één uitdrukking, zonder accolades.");
        }

        var body = Expression();
        parameters.RemoveRange(first, count);
        return Made(new Lambda(first, count, body), body);
    }

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private Token Single()
    {
        Expect("(");
        var name = StringToken();
        Expect(")");
        return name;
    }

    private Token StringToken() =>
        current.Kind == TokenKind.String && current.Text.Length > 0 ? Advance() : throw Fault(current, "Hier hoort een naam tussen aanhalingstekens.");

    /// <summary>The name in variables.Name or variables['Name'].</summary>
    private Token MemberName(Token token)
    {
        if (current.Is("."))
        {
            Advance();
            return Identifier();
        }

        if (!current.Is("["))
        {
            throw Fault(token, "Schrijf 'variables.' met de naam van een variabele.");
        }

        Advance();
        var name = StringToken();
        Expect("]");
        return name;
    }

    private Token Identifier() =>
        current.Kind == TokenKind.Identifier ? Advance() : throw Fault(current, "Hier hoort een naam.");

    private T AdvanceThen<T>(Func<T> next)
    {
        Advance();
        return next();
    }

    private Token Advance()
    {
        var token = current;
        current = lexer.Next();
        return token;
    }

    private void Expect(string symbol)
    {
        if (!current.Is(symbol))
        {
            throw Fault(current, current.Kind == TokenKind.End ? $"De uitdrukking is niet af: '{symbol}' ontbreekt." : $"Hier hoort '{symbol}'.");
        }

        Advance();
    }

    private void Enter()
    {
        if (++nesting > Limits.ExpressionDepth)
        {
            throw TooDeep();
        }
    }

    private T Made<T>(T node, params ReadOnlySpan<Node> children)
        where T : Node
    {
        var depth = 0;
        foreach (var child in children)
        {
            depth = Math.Max(depth, child.Depth + 1);
        }

        node.Depth = depth <= Limits.ExpressionDepth ? depth : throw TooDeep();
        return node;
    }

    private ActivityFault TooDeep() =>
        Fault(current, string.Create(CultureInfo.InvariantCulture, $"Een uitdrukking mag niet meer dan {Limits.ExpressionDepth} niveaus diep zijn."));

    private Place PlaceOf(Token token)
    {
        var fault = Fault(token, "");
        return new(fault.Line ?? 1, fault.Column ?? 1);
    }

    private ActivityFault Fault(Token token, string message) => lexer.Fault(token.Start, message);

    private ActivityFault Unexpected() => current switch
    {
        { Kind: TokenKind.End } => Fault(current, "De uitdrukking is niet af."),
        { Text: "=" or "+=" or "-=" or "*=" or "/=" or "%=" or "++" or "--" or "&&=" or "||=" or "??=" } => Fault(current, "Een uitdrukking kan niets veranderen: toekennen kan hier niet."),
        { Kind: TokenKind.Identifier } when Statements.Contains(current.Text) => Fault(current, $"'{current.Text}' hoort niet in een uitdrukking: alleen waarden en berekeningen kunnen hier."),
        _ => Fault(current, $"'{current.Text}' staat hier niet goed."),
    };
}
