using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine;

/// <summary>What is filled in: inputs, where outputs go, and variables.</summary>
internal sealed partial class DefinitionReader
{
    private Dictionary<string, Input> ReadInputs(JsonObject node, BuiltIn? builtIn, Place place, ImmutableList<Variable> visible)
    {
        var inputs = new Dictionary<string, Input>();
        foreach (var (name, value) in node)
        {
            if (value is JsonObject input && input["expression"] is JsonObject expression)
            {
                var known = builtIn?.Inputs.FirstOrDefault(i => i.Name == name);
                var type = known is null or { Type: DataType.Any } ? Values.TypeOf(Text(input, "typeName")) : known.Type;
                if (ReadExpression(expression, type, place, name, visible, ArgumentsOf(node, name)) is { } read)
                {
                    inputs.Add(name, new(name, type, read));
                    CheckChoice(known, read, place);
                }
            }
        }

        foreach (var missing in (builtIn?.Inputs ?? []).Where(i => i.IsRequired && IsEmpty(inputs.GetValueOrDefault(i.Name))))
        {
            if (!place.HasFaultAt(missing.Name))
            {
                place.Fault(missing.Name, $"Bij de stap '{place.DisplayName}' is '{missing.Name}' niet ingevuld.");
            }
        }

        CheckCron(inputs.GetValueOrDefault("cronExpression"), builtIn, place);
        return inputs;
    }

    /// <summary>Elsa hands the item to the one expression that is evaluated per item, under the name that it will have as an input.</summary>
    private static string[] ArgumentsOf(JsonObject node, string input) =>
        input == "correlationIdFunction" && Text(node, "type") == "Elsa.BulkDispatchWorkflows"
            ? [node["defaultItemInputKey"] is JsonObject key && key["expression"] is JsonObject expression && Text(expression, "value") is { Length: > 0 } name ? name : "Item"]
            : [];

    private static void CheckCron(Input? input, BuiltIn? builtIn, Place place)
    {
        if (builtIn?.Type == "Elsa.Cron" && input?.Expression is Literal { Value: { } value })
        {
            try
            {
                Cron.Parse(value.ToString());
            }
            catch (ActivityFault fault)
            {
                place.Fault("cronExpression", $"Bij de stap '{place.DisplayName}': {fault.Message}");
            }
        }
    }

    private static void CheckChoice(BuiltIn.Input? input, Expression read, Place place)
    {
        if (input?.Choices is { } choices && !(read is Literal { Value: JsonValue value } && choices.Contains(value.ToString())))
        {
            place.Fault(input.Name, $"Bij de stap '{place.DisplayName}' moet '{input.Name}' vast gekozen zijn uit: {string.Join(", ", choices)}.");
        }
    }

    private static bool IsEmpty(Input? input) =>
        input is null || (input.Expression is Literal literal && (literal.Value is null || literal.Value.ToString().Length == 0));

    private Expression? ReadExpression(JsonObject expression, DataType type, Place place, string name, ImmutableList<Variable> visible, params string[] arguments)
    {
        var value = expression["value"];
        try
        {
            switch (Text(expression, "type"))
            {
                case "Literal":
                    return new Literal(Values.Convert(Values.Admit(value), type));
                case "Object" or "Json":
                    return new Literal(Values.Convert(type != DataType.String && Text(expression, "value") is { } text ? Values.ParseJson(text) : Values.Admit(value), type));
                case "Variable" when value is null:
                    return null;
                case "Variable":
                    var variableReference = Reference(value);
                    return FindVariable(variableReference, visible) is { } variable
                        ? new VariableReference(variable.Name)
                        : throw new ActivityFault($"De variabele '{NameOf(variableReference)}' bestaat hier niet.");
                case "Input":
                    var inputReference = Reference(value);
                    return NameOf(inputReference) is { } input && workflowInputs.Contains(input)
                        ? new InputReference(input)
                        : throw new ActivityFault($"De invoer '{NameOf(inputReference)}' bestaat niet.");
                case "JavaScript":
                    var script = Script.Parse(Text(expression, "value") ?? "", new(visible, workflowInputs, FindActivity, readOutputs) { Arguments = arguments });
                    Values.Check((script as Script)?.Node.Kind ?? Kind.Nothing, type);
                    return script;
                case var other:
                    throw new ActivityFault($"Uitdrukkingen van het soort '{other}' worden hier niet uitgevoerd.");
            }
        }
        catch (ActivityFault fault)
        {
            place.Fault(name, $"Bij de stap '{place.DisplayName}', '{name}': {fault.Message}", fault.Line, fault.Column);
            return null;
        }
    }

    private string? FindActivity(string idOrName) => ids.Contains(idOrName) ? idOrName : idsByName.GetValueOrDefault(idOrName);

    private IEnumerable<Output> ReadOutputs(JsonObject node, Place place, ImmutableList<Variable> visible)
    {
        foreach (var (name, value) in node)
        {
            if (value is JsonObject output && output["expression"] is null && output["memoryReference"] is JsonObject reference)
            {
                var target = Text(reference, "id");
                if (visible.FindLast(v => v.Id == target) is { } variable)
                {
                    yield return new(name, variable, null);
                }
                else if (target is not null && workflowOutputs.Contains(target))
                {
                    yield return new(name, null, target);
                }
                else
                {
                    place.Fault(name, $"De uitkomst '{name}' van de stap '{place.DisplayName}' gaat naar een variabele die hier niet bestaat.");
                }
            }
        }

        if (Text(node, "type") == "Elsa.SetVariable")
        {
            if (FindVariable(node["variable"], visible) is { } variable)
            {
                yield return new("value", variable, null);
            }
            else
            {
                place.Fault("variable", $"De stap '{place.DisplayName}' zet een variabele die hier niet bestaat.");
            }
        }
    }

    private ImmutableList<Variable> ReadVariables(JsonObject node, string path, ImmutableList<Variable> visible)
    {
        var variables = new List<Variable>();
        var names = visible.Select(v => v.Name).ToHashSet();
        var (activityId, activityName) = (Text(node, "type") is null ? null : Text(node, "id"), Text(node, "name"));
        foreach (var (index, variable) in Objects(node, "variables"))
        {
            var name = Text(variable, "name") ?? "";
            if (!names.Add(name))
            {
                Fault(new(activityId, activityName, $"{path}[{index}]", $"De variabele '{name}' bestaat hier al."));
            }

            var type = IsTrue(variable["isArray"]) ? DataType.Array : Values.TypeOf(Text(variable, "typeName"));
            variables.Add(new(Text(variable, "id") ?? name, name, type, Initial(variable, type, $"{path}[{index}]"))
            {
                IsForgotten = Driver(variable, $"{path}[{index}]") == "MemoryStorageDriver",
            });
            if (names.Count > Limits.Variables)
            {
                Fault(new(activityId, activityName, path, $"Een stap kan niet meer dan {Limits.Variables} variabelen zien."));
                break;
            }
        }

        return [.. variables];
    }

    /// <summary>Where Elsa keeps a variable: with the instance, or only as long as it is in memory.</summary>
    private string Driver(JsonObject variable, string path)
    {
        var driver = ClassName(Text(variable, "storageDriverTypeName"));
        if (driver is not ("" or "WorkflowInstanceStorageDriver" or "WorkflowStorageDriver" or "MemoryStorageDriver"))
        {
            Fault(new(null, null, path, $"De variabele '{Text(variable, "name")}' wordt bewaard in {driver}, en dat kan hier niet."));
        }

        return driver;
    }

    private JsonNode? Initial(JsonObject variable, DataType type, string path)
    {
        try
        {
            return Values.Convert(Values.Admit(variable["value"]), type);
        }
        catch (ActivityFault fault)
        {
            Fault(new(null, null, path, $"De beginwaarde van de variabele '{Text(variable, "name")}' klopt niet: {fault.Message}", fault.Line, fault.Column));
            return null;
        }
    }

    /// <summary>Studio writes what was chosen from a list as the text of an object; files have the object, or only a name.</summary>
    private static JsonNode? Reference(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue(out string? json) && json.StartsWith('{') ? Values.ParseJson(json) : value;

    private static Variable? FindVariable(JsonNode? reference, ImmutableList<Variable> visible) =>
        (reference is JsonObject variable ? visible.FindLast(v => v.Id == Text(variable, "id")) : null)
        ?? visible.FindLast(v => v.Name == NameOf(reference));
}
