using System.Globalization;
using System.Text;

namespace NetwerkRegie.Engine.Expressions;

internal enum TokenKind
{
    End,
    Identifier,
    Number,
    String,
    Template,
    Symbol,
}

/// <summary>Text is the symbol, the name, or the value of a string; a template starts at its back quote.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, int Start)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;
}

/// <summary>Cuts an expression into tokens, one at a time and from any place, so that a parser may look ahead and go back.</summary>
internal sealed class Lexer(string text)
{
    // Longest first. Those that are no part of the subset are recognised so that they can be named when refused.
    private static readonly string[] Symbols =
    [
        ">>>=", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "...",
        "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
        "(", ")", "[", "]", "{", "}", ",", ";", ":", "?", ".", "!", "<", ">", "+", "-", "*", "/", "%", "=", "&", "|", "^", "~",
    ];

    public int Position { get; set; }

    public Token Next()
    {
        SkipBlanks();
        var start = Position;
        if (start >= text.Length)
        {
            return new(TokenKind.End, "", 0, start);
        }

        var c = text[start];
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(start + 1))))
        {
            return Number(start);
        }

        if (IsNameStart(c))
        {
            while (IsNamePart(At(Position)))
            {
                Position++;
            }

            return new(TokenKind.Identifier, text[start..Position], 0, start);
        }

        if (c is '\'' or '"')
        {
            Position++;
            var value = new StringBuilder();
            while (At(Position) != c)
            {
                if (Position >= text.Length || text[Position] is '\n' or '\r')
                {
                    throw Fault(start, "Deze tekst is niet afgesloten.");
                }

                Character(value);
            }

            Position++;
            return new(TokenKind.String, value.ToString(), 0, start);
        }

        if (c == '`')
        {
            Position++;
            return new(TokenKind.Template, "`", 0, start);
        }

        // "a?.5:b" is a conditional, not an optional member.
        var symbol = Symbols.FirstOrDefault(s =>
            string.CompareOrdinal(text, start, s, 0, s.Length) == 0 && !(s == "?." && char.IsAsciiDigit(At(start + 2))));
        if (symbol is null)
        {
            throw Fault(start, $"Het teken '{c}' hoort niet in een uitdrukking.");
        }

        Position += symbol.Length;
        return new(TokenKind.Symbol, symbol, 0, start);
    }

    /// <summary>The text of a template up to its end or its next hole, and which of both it was.</summary>
    public (string Text, bool IsHole) TemplatePart(int templateStart)
    {
        var value = new StringBuilder();
        while (Position < text.Length)
        {
            if (text[Position] == '`')
            {
                Position++;
                return (value.ToString(), false);
            }

            if (text[Position] == '$' && At(Position + 1) == '{')
            {
                Position += 2;
                return (value.ToString(), true);
            }

            Character(value);
        }

        throw Fault(templateStart, "Deze tekst is niet afgesloten.");
    }

    public ActivityFault Fault(int position, string message)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        return new(message, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private void SkipBlanks()
    {
        while (Position < text.Length)
        {
            if (char.IsWhiteSpace(text[Position]))
            {
                Position++;
            }
            else if (text[Position] == '/' && At(Position + 1) == '/')
            {
                var end = text.IndexOf('\n', Position);
                Position = end < 0 ? text.Length : end;
            }
            else if (text[Position] == '/' && At(Position + 1) == '*')
            {
                var end = text.IndexOf("*/", Position + 2, StringComparison.Ordinal);
                Position = end < 0 ? throw Fault(Position, "Deze opmerking is niet afgesloten.") : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private Token Number(int start)
    {
        while (char.IsAsciiDigit(At(Position)))
        {
            Position++;
        }

        if (At(Position) == '.')
        {
            Position++;
            while (char.IsAsciiDigit(At(Position)))
            {
                Position++;
            }
        }

        if (At(Position) is 'e' or 'E')
        {
            Position += At(Position + 1) is '+' or '-' ? 2 : 1;
            while (char.IsAsciiDigit(At(Position)))
            {
                Position++;
            }
        }

        if (IsNamePart(At(Position)) || !double.TryParse(text.AsSpan(start, Position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            throw Fault(start, "Dit is geen geldig getal.");
        }

        return new(TokenKind.Number, "", value, start);
    }

    /// <summary>One character of a string or template, escapes included.</summary>
    private void Character(StringBuilder value)
    {
        var c = text[Position++];
        if (c != '\\')
        {
            value.Append(c);
            return;
        }

        var escape = At(Position++);
        switch (escape)
        {
            case 'n': value.Append('\n'); break;
            case 't': value.Append('\t'); break;
            case 'r': value.Append('\r'); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'v': value.Append('\v'); break;
            case 'x': value.Append((char)Hex(Position, Position += 2)); break;
            case 'u' when At(Position) == '{':
                var end = text.IndexOf('}', Position);
                var rune = end < 0 ? -1 : Hex(Position + 1, end);
                value.Append(Rune.IsValid(rune) ? new Rune(rune) : throw Fault(Position, "Deze tekencode bestaat niet."));
                Position = end + 1;
                break;
            case 'u': value.Append((char)Hex(Position, Position += 4)); break;
            case '0' when !char.IsAsciiDigit(At(Position)): value.Append('\0'); break;
            case '\'' or '"' or '`' or '\\' or '$' or '/' or '{' or '}' or ' ': value.Append(escape); break;
            default: throw Fault(Position - 2, "Deze schrijfwijze met \\ bestaat niet.");
        }
    }

    private int Hex(int from, int to) =>
        to <= text.Length && int.TryParse(text.AsSpan(from, to - from), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fault(from, "Deze tekencode bestaat niet.");

    private char At(int position) => position < text.Length ? text[position] : '\0';

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '$';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsDigit(c);
}
