using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine.Tests;

public sealed class ExpressionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);

    private static readonly WorkflowDefinition Definition = new Flow()
        .Variable("naam", "String", "Noor de Vries")
        .Variable("leeftijd", "Int32", 15)
        .Variable("score", "Double", 7.5)
        .Variable("spoed", "Boolean", true)
        .Variable("niets")
        .Variable("namen", "String[]", """["Ali","Bo","Cas"]""")
        .Variable("gezin", "Object", new JsonObject { ["naam"] = "De Vries", ["kinderen"] = new JsonArray(new JsonObject { ["naam"] = "Noor", ["leeftijd"] = 15 }, new JsonObject { ["naam"] = "Sem", ["leeftijd"] = 9 }) })
        .Step("stap")
        .Parse();

    [Theory]
    // Literals
    [InlineData("1", "1")]
    [InlineData("1.5e2", "150")]
    [InlineData(".5", "0.5")]
    [InlineData("'a\\n\\u0041\\x42\\u{e9}\\''", "\"a\\nABé'\"")]
    [InlineData("\"it's\"", "\"it's\"")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("undefined", "null")]
    [InlineData("NaN", "null")]
    [InlineData("[1, 'a', [true], undefined]", "[1,\"a\",[true],null]")]
    [InlineData("({ a: 1, 'b c': [2], 3: { d: null }, e: undefined })", "{\"a\":1,\"b c\":[2],\"3\":{\"d\":null}}")]
    [InlineData("[1, 2,]", "[1,2]")]
    [InlineData("`a${1 + 1}b${`c${'d'}`}`", "\"a2bcd\"")]
    [InlineData("``", "\"\"")]
    [InlineData("return 1;", "1")]
    [InlineData("  return { a: 1 } ;; ", "{\"a\":1}")]
    [InlineData("1 // een\n /* twee */ + 2", "3")]
    [InlineData("", "null")]
    [InlineData("return;", "null")]
    // Operators
    [InlineData("1 + 2 * 3 - 4 / 2", "5")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("7 % 3 + -7 % 3", "0")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1 / 0 > 1e308", "true")]
    [InlineData("'1' + 2 + 3", "\"123\"")]
    [InlineData("1 + 2 + '3'", "\"33\"")]
    [InlineData("'6' * '7'", "42")]
    [InlineData("+'12.5' - -1", "13.5")]
    [InlineData("1 + null + true", "2")]
    [InlineData("'' + [1, [2, 3], null] + ({})", "\"1,2,3,[object Object]\"")]
    [InlineData("'' + 1e21 + ' ' + 1e20 + ' ' + 1e-7 + ' ' + 0.000001 + ' ' + -12.5 + ' ' + 123456789012345680000", "\"1e+21 100000000000000000000 1e-7 0.000001 -12.5 123456789012345680000\"")]
    [InlineData("'' + undefined + null + NaN + -0 + 1 / 0", "\"undefinednullNaN0Infinity\"")]
    [InlineData("1 === 1.0 && 'a' === 'a' && null === null && !(1 === '1')", "true")]
    [InlineData("null === undefined", "false")]
    [InlineData("null == undefined && !(null == 0) && !(undefined == false)", "true")]
    [InlineData("1 == '1' && true == 1 && '' == 0 && [1] == 1 && 'a' != 'b'", "true")]
    [InlineData("NaN === NaN", "false")]
    [InlineData("NaN != NaN", "true")]
    [InlineData("[1] === [1]", "false")]
    [InlineData("1 < 2 && 2 <= 2 && 'a' < 'b' && 'B' < 'a' && '10' < '9' && 10 > '9'", "true")]
    [InlineData("1 < undefined || 1 >= undefined", "false")]
    [InlineData("null >= 0", "true")]
    [InlineData("0 || 'a' && 'b'", "\"b\"")]
    [InlineData("'' ?? 'a'", "\"\"")]
    [InlineData("null ?? undefined ?? 'a'", "\"a\"")]
    [InlineData("!'' && !!'0' && !0 && !NaN && !![]", "true")]
    [InlineData("1 ? 2 : 3 ? 4 : 5", "2")]
    [InlineData("false ? 1 : null ? 2 : 3", "3")]
    [InlineData("typeof 1 + typeof '' + typeof null + typeof undefined + typeof true + typeof []", "\"numberstringobjectundefinedbooleanobject\"")]
    // What an instance knows
    [InlineData("getVariable('naam')", "\"Noor de Vries\"")]
    [InlineData("getNaam()", "\"Noor de Vries\"")]
    [InlineData("variables.leeftijd + 1", "16")]
    [InlineData("variables['leeftijd'] >= 12 && variables.spoed", "true")]
    [InlineData("getInput('Bsn')", "\"999\"")]
    [InlineData("input.Bsn + input['Bsn']", "\"999999\"")]
    [InlineData("getInput('Ander') ?? 'geen'", "\"geen\"")]
    [InlineData("getOutputFrom('stap', 'Wie')", "null")]
    [InlineData("getLastResult()", "null")]
    [InlineData("getWorkflowInstanceId() + getCorrelationId() + getWorkflowDefinitionId() + getWorkflowDefinitionVersionId() + getWorkflowDefinitionVersion()", "\"icproefproef-11\"")]
    [InlineData("isNullOrEmpty('') && isNullOrEmpty(variables.niets) && !isNullOrEmpty(' ') && isNullOrWhiteSpace(' ')", "true")]
    [InlineData("toJson(variables.namen)", "\"[\\\"Ali\\\",\\\"Bo\\\",\\\"Cas\\\"]\"")]
    // Members
    [InlineData("variables.gezin.kinderen[1].naam", "\"Sem\"")]
    [InlineData("variables.gezin['naam'].length", "8")]
    [InlineData("variables.gezin.vader", "null")]
    [InlineData("variables.gezin.vader?.naam.voor[1].toUpperCase()", "null")]
    [InlineData("variables.niets?.naam ?? 'onbekend'", "\"onbekend\"")]
    [InlineData("variables.niets?.['naam'] === undefined", "true")]
    [InlineData("variables.niets?.naam === undefined", "true")]
    [InlineData("true?.5:1", "0.5")]
    [InlineData("variables.namen[3]", "null")]
    [InlineData("variables.namen[-1] === undefined && variables.namen[0.5] === undefined", "true")]
    [InlineData("'Noor'[0] + 'Noor'.length", "\"N4\"")]
    [InlineData("variables.leeftijd.naam", "null")]
    // Texts
    [InlineData("variables.naam.includes('de') && variables.naam.startsWith('Noor') && variables.naam.endsWith('s')", "true")]
    [InlineData("' Aap '.trim().toLowerCase() + 'b'.toUpperCase() + ' c'.trimStart() + 'd '.trimEnd()", "\"aapBcd\"")]
    [InlineData("'abcdef'.slice(1, -1) + '|' + 'abc'.slice(-2) + '|' + 'abc'.slice(2, 1) + '|' + 'abc'.slice()", "\"bcde|bc||abc\"")]
    [InlineData("'a,b,,c'.split(',')", "[\"a\",\"b\",\"\",\"c\"]")]
    [InlineData("'abc'.split('')", "[\"a\",\"b\",\"c\"]")]
    [InlineData("'banaan'.indexOf('a') + 'banaan'.lastIndexOf('a') + 'banaan'.indexOf('x')", "4")]
    [InlineData("'7'.padStart(3, '0') + '7'.padEnd(3, 'ab') + 'abc'.padStart(2)", "\"0077ababc\"")]
    [InlineData("'aXbX'.replace('X', '-')", "\"a-bX\"")]
    [InlineData("'abc'.charAt(1) + 'abc'.charAt(9)", "\"b\"")]
    // Numbers
    [InlineData("[Math.min(3, 1, 2), Math.max(1, '5'), Math.round(2.5), Math.round(-2.5), Math.floor(-1.5), Math.ceil(1.2), Math.abs(-3), Math.trunc(-1.9)]", "[1,5,3,-2,-2,2,3,-1]")]
    [InlineData("(2.345).toFixed(1) + (3).toFixed() + variables.score.toString()", "\"2.337.5\"")]
    [InlineData("[Number('12'), Number('') , Number('0x1F'), String(12), Boolean('a'), isNaN(Number('12a')), Number.isInteger(2.5)]", "[12,0,31,\"12\",true,true,false]")]
    // Lists
    [InlineData("variables.namen.includes('Bo') && variables.namen.indexOf('Cas') === 2 && !variables.namen.includes('Dirk')", "true")]
    [InlineData("variables.namen.join() + variables.namen.join(' en ')", "\"Ali,Bo,CasAli en Bo en Cas\"")]
    [InlineData("variables.namen.map(n => n.length)", "[3,2,3]")]
    [InlineData("variables.namen.map((n, i) => `${i}${n}`).slice(1)", "[\"1Bo\",\"2Cas\"]")]
    [InlineData("variables.gezin.kinderen.filter(k => k.leeftijd < 12).map(k => k.naam)", "[\"Sem\"]")]
    [InlineData("variables.gezin.kinderen.some(k => k.leeftijd > 14) && !variables.gezin.kinderen.every(k => k.leeftijd > 14)", "true")]
    [InlineData("variables.gezin.kinderen.find(k => k.naam === 'Sem').leeftijd + variables.gezin.kinderen.findIndex(k => k.naam == 'Wie')", "8")]
    [InlineData("variables.gezin.kinderen.find(k => k.leeftijd > 99)?.naam ?? 'niemand'", "\"niemand\"")]
    [InlineData("variables.namen.map(x => variables.namen.filter(y => y.length > x.length).length)", "[0,2,0]")]
    [InlineData("[1, 2].concat(3, [4, [5]])", "[1,2,3,4,[5]]")]
    [InlineData("Array.isArray([]) && !Array.isArray('')", "true")]
    [InlineData("Object.keys(variables.gezin).join() + Object.values({ a: 1 })[0]", "\"naam,kinderen1\"")]
    [InlineData("JSON.parse('{\"a\":[1]}').a[0] + JSON.stringify({ a: 'é' })", "\"1{\\\"a\\\":\\\"é\\\"}\"")]
    // Dates
    [InlineData("new Date().toISOString()", "\"2026-03-02T09:15:00.000Z\"")]
    [InlineData("new Date(Date.parse('2026-03-28T12:00:00+01:00') + 3 * 86400000).toISOString()", "\"2026-03-31T11:00:00.000Z\"")]
    [InlineData("Date.now() - new Date('2026-03-02').getTime()", "33300000")]
    [InlineData("new Date('2026-03-02') < new Date('2026-03-03') && new Date(5) - new Date(2) === 3", "true")]
    [InlineData("[new Date('2026-03-02').getUTCFullYear(), new Date('2026-03-02').getUTCMonth(), new Date('2026-03-02').getUTCDate(), new Date('2026-03-02').getUTCDay()]", "[2026,2,2,1]")]
    [InlineData("isNaN(Date.parse('morgen'))", "true")]
    public void Value(string expression, string expected)
    {
        var value = Evaluate(expression);
        Assert.Equal(expected, value is null ? "null" : value.ToJsonString(Values.Relaxed));
    }

    [Theory]
    // Outside the subset
    [InlineData("let x = 1", 1, 1, "'let' hoort niet in een uitdrukking: alleen waarden en berekeningen kunnen hier.")]
    [InlineData("if (true) 1", 1, 1, "'if' hoort niet in een uitdrukking: alleen waarden en berekeningen kunnen hier.")]
    [InlineData("1;\nwhile (true) 1", 2, 1, "'while' hoort niet in een uitdrukking: alleen waarden en berekeningen kunnen hier.")]
    [InlineData("function f() {}", 1, 1, "'function' hoort niet in een uitdrukking: alleen waarden en berekeningen kunnen hier.")]
    [InlineData("variables.naam = 'x'", 1, 16, "Een uitdrukking kan niets veranderen: toekennen kan hier niet.")]
    [InlineData("1 + variables.leeftijd++", 1, 23, "Een uitdrukking kan niets veranderen: toekennen kan hier niet.")]
    [InlineData("'a' in variables.gezin", 1, 5, "'in' hoort niet in een uitdrukking: alleen waarden en berekeningen kunnen hier.")]
    [InlineData("/a+/", 1, 1, "Reguliere expressies kunnen hier niet.")]
    [InlineData("new Map()", 1, 1, "Alleen 'new Date(…)' kan hier worden gemaakt.")]
    [InlineData("1 | 2", 1, 3, "'|' staat hier niet goed.")]
    [InlineData("1, 2", 1, 2, "',' staat hier niet goed.")]
    [InlineData("[...variables.namen]", 1, 2, "'...' staat hier niet goed.")]
    [InlineData("{ a: 1 }", 1, 1, "Zet een object tussen haakjes: ({ … }).")]
    [InlineData("(x => x)(1)", 1, 2, "De naam 'x' is hier niet bekend.")]
    [InlineData("variables.namen.map(x => { return x })", 1, 26, "Een functie bestaat hier uit één uitdrukking, zonder accolades.")]
    [InlineData("variables.namen.map((a, b, c) => a)", 1, 31, "Een functie krijgt hier hoogstens twee waarden: het element en zijn plaats.")]
    // Unknown names
    [InlineData("naam", 1, 1, "De naam 'naam' is hier niet bekend.")]
    [InlineData("window.alert(1)", 1, 1, "De naam 'window' is hier niet bekend.")]
    [InlineData("1 +\n  getVariable('naan')", 2, 15, "De variabele 'naan' bestaat hier niet.")]
    [InlineData("variables.naan", 1, 11, "De variabele 'naan' bestaat hier niet.")]
    [InlineData("getNaan()", 1, 1, "De functie 'getNaan' bestaat hier niet.")]
    [InlineData("getOutputFrom('trap', 'x')", 1, 15, "De stap 'trap' bestaat niet.")]
    [InlineData("eval('1')", 1, 1, "De functie 'eval' bestaat hier niet.")]
    [InlineData("Math.random()", 1, 1, "De functie 'Math.random' bestaat hier niet.")]
    [InlineData("setVariable('naam', 1)", 1, 1, "De functie 'setVariable' bestaat hier niet.")]
    [InlineData("variables.naam.constructor('x')", 1, 16, "De functie 'constructor' bestaat hier niet.")]
    [InlineData("variables.niets.matchAll('x')", 1, 17, "De functie 'matchAll' bestaat hier niet.")]
    [InlineData("getVariable(variables.naam)", 1, 13, "Hier hoort een naam tussen aanhalingstekens.")]
    [InlineData("variables", 1, 1, "Schrijf 'variables.' met de naam van een variabele.")]
    // Wrong kinds
    [InlineData("variables.leeftijd.includes('1')", 1, 20, "De functie 'includes' bestaat hier niet.")]
    [InlineData("(variables.leeftijd > 1).join()", 1, 26, "De functie 'join' bestaat hier niet.")]
    [InlineData("`a`.map(x => x)", 1, 5, "De functie 'map' bestaat hier niet.")]
    [InlineData("variables.naam.includes()", 1, 16, "De functie 'includes' krijgt hier het verkeerde aantal waarden mee.")]
    [InlineData("getLastResult(1)", 1, 1, "De functie 'getLastResult' krijgt hier het verkeerde aantal waarden mee.")]
    [InlineData("variables.namen.map(1)", 1, 17, "De functie 'map' heeft een voorwaarde nodig zoals x => x > 1.")]
    [InlineData("variables.naam.includes(x => x)", 1, 16, "De functie 'includes' kan geen functie meekrijgen.")]
    [InlineData("variables.naam()", 1, 15, "Hier staat geen functie die kan worden aangeroepen.")]
    // Not finished
    [InlineData("(1 + 2", 1, 7, "De uitdrukking is niet af: ')' ontbreekt.")]
    [InlineData("1 +", 1, 4, "De uitdrukking is niet af.")]
    [InlineData("'abc", 1, 1, "Deze tekst is niet afgesloten.")]
    [InlineData("`a${1", 1, 6, "De uitdrukking is niet af.")]
    [InlineData("`a", 1, 1, "Deze tekst is niet afgesloten.")]
    [InlineData("/* a", 1, 1, "Deze opmerking is niet afgesloten.")]
    [InlineData("'\\q'", 1, 2, "Deze schrijfwijze met \\ bestaat niet.")]
    [InlineData("'\\u{110000}'", 1, 4, "Deze tekencode bestaat niet.")]
    [InlineData("12abc", 1, 1, "Dit is geen geldig getal.")]
    [InlineData("1 # 2", 1, 3, "Het teken '#' hoort niet in een uitdrukking.")]
    [InlineData("a.", 1, 1, "De naam 'a' is hier niet bekend.")]
    public void Refusal(string expression, int line, int column, string message)
    {
        var fault = Assert.Throws<ActivityFault>(() => Parse(expression));
        Assert.Equal((message, line, column), (fault.Message, fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("variables.niets.naam", "'naam' kan niet worden gelezen, want er is geen waarde (null).")]
    [InlineData("(variables.niets?.a).b", "'b' kan niet worden gelezen, want er is geen waarde (undefined).")]
    [InlineData("variables.gezin.vader.trim()", "'trim' kan niet worden gebruikt, want er is geen waarde (undefined).")]
    [InlineData("variables.gezin.trim()", "'trim' bestaat niet bij deze waarde.")]
    [InlineData("new Date('morgen').toISOString()", "Dit is geen geldige datum.")]
    [InlineData("JSON.parse('{')", "De tekst is geen geldige JSON.")]
    [InlineData("'a'.padStart(1e9)", "Deze uitdrukking vraagt te veel rekenwerk.")]
    public void Fault(string expression, string message)
    {
        var fault = Assert.Throws<ActivityFault>(() => Evaluate(expression));
        Assert.Equal(message, fault.Message);
        Assert.NotNull(fault.Line);
    }

    [Fact]
    public void Hostile_expressions_are_refused_at_once()
    {
        var clock = Stopwatch.StartNew();
        string[] hostile =
        [
            new string('(', 4999) + "1" + new string(')', 4999),
            new string('(', 10_000) + "1" + new string(')', 10_000),
            new string('[', 9_999),
            new string('!', 9_999) + "1",
            "1" + string.Concat(Enumerable.Repeat("+1", 4_999)),
            "variables.gezin" + string.Concat(Enumerable.Repeat(".a", 4_000)),
            string.Concat(Enumerable.Repeat("1?", 2_000)),
            string.Concat(Enumerable.Repeat("`${", 3_000)),
            string.Concat(Enumerable.Repeat("Math.abs(", 1_000)),
            string.Concat(Enumerable.Repeat("variables.namen.map(x=>", 400)),
            "'" + new string('x', 10_000_000) + "'",
            string.Concat(Enumerable.Repeat("onbekend(", 1_000)),
        ];

        Assert.All(hostile, text => Assert.Throws<ActivityFault>(() => Parse(text)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("[0,1,2,3,4,5,6,7,8,9].map(a => [0,1,2,3,4,5,6,7,8,9].map(b => [0,1,2,3,4,5,6,7,8,9].map(c => [0,1,2,3,4,5,6,7,8,9].map(d => [0,1,2,3,4,5,6,7,8,9].map(e => [0,1,2,3,4,5,6,7,8,9].map(f => [0,1,2,3,4,5,6,7,8,9].map(g => [0,1,2,3,4,5,6,7,8,9].map(h => 1))))))))")]
    [InlineData("''.padEnd(999999, 'x').split('').map(x => ''.padEnd(999999, 'y')).join('')")]
    [InlineData("''.padEnd(99999, 'x').split('').map((x, i) => ''.padEnd(99999, 'x').split('').indexOf('y'))")]
    public void Hostile_work_ends_with_a_fault(string expression)
    {
        var clock = Stopwatch.StartNew();

        Assert.Throws<ActivityFault>(() => Evaluate(expression));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    [Fact]
    public void Whatever_is_written_is_refused_or_has_a_value()
    {
        string[] leaves = ["1", "-2.5", "1e300", "''", "'a'", "'12'", "null", "undefined", "NaN", "true", "[]", "[1,'b',null]", "({})", "variables.naam", "variables.leeftijd", "variables.niets", "variables.namen", "variables.gezin", "input", "new Date()", "x"];
        string[] shapes =
        [
            "(A + B)", "(A - B)", "A % B", "(A === B)", "(A == B)", "(A < B)", "(A >= B)", "(A && B)", "(A || B)", "(A ?? B)", "!A", "-A", "typeof A", "(A ? B : C)", "`${A}${B}`", "[A, B]", "({ k: A })",
            "(A).length", "(A)?.naam", "(A)[B]", "(A).trim()", "(A).includes(B)", "(A).indexOf(B)", "(A).slice(B, C)", "(A).split(B)", "(A).replace(B, C)", "(A).padStart(B, C)", "(A).charAt(B)", "(A).map(x => B)", "(A).filter(x => B)",
            "(A).some((x, i) => i)", "(A).find(x => B)", "(A).join(B)", "(A).concat(B)", "(A).toFixed(B)", "(A).toString()", "(A).toISOString()", "(A).getUTCDay()", "Math.max(A, B)", "Math.round(A)", "Number(A)", "String(A)", "new Date(A)",
            "Date.parse(A)", "JSON.parse(A)", "JSON.stringify(A)", "Object.keys(A)", "isNullOrEmpty(A)", "(A).map(x => (A).map(x => B))",
        ];
        var expression = Gen.Sized(size => Grow(Math.Min(size, 12)));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(expression.ToArbitrary(), text =>
        {
            try
            {
                Evaluate(text)?.ToJsonString();
            }
            catch (ActivityFault refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }));

        Gen<string> Grow(int size) => size == 0
            ? Gen.Elements(leaves)
            : from shape in Gen.Elements(shapes)
              from a in Grow(size / 2)
              from b in Grow(size / 3)
              from c in Gen.Elements(leaves)
              select shape.Replace("A", a, StringComparison.Ordinal).Replace("B", b, StringComparison.Ordinal).Replace("C", c, StringComparison.Ordinal);
    }

    private static Expression Parse(string expression) =>
        Script.Parse(expression, new([.. Definition.Variables], ImmutableHashSet<string>.Empty, id => id == "stap" ? id : null, new HashSet<string>()));

    private static JsonNode? Evaluate(string expression)
    {
        var instance = WorkflowInstance.Create(Definition, "i", "c");
        instance.Input = new() { ["Bsn"] = "999" };
        return Parse(expression).Evaluate(new(instance, null, Now, new()));
    }
}
