namespace NetwerkRegie.Engine;

/// <summary>
/// Runs workflows, and does nothing else: no clock, no chance, no database and no bus. Whoever calls it stores the
/// result and carries out the effects, in one transaction.
/// </summary>
public static class Interpreter
{
    /// <summary>
    /// Brings an instance as far as it can go: one burst. Same input, same output, always; the instance that is given
    /// stays as it was. Whatever is wrong in a definition or a stimulus becomes an incident, not an exception.
    /// </summary>
    public static AdvanceResult Advance(WorkflowDefinition definition, WorkflowInstance instance, Stimulus stimulus, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(stimulus);
        if (definition.Id != instance.DefinitionVersionId)
        {
            throw new ArgumentException($"Instance {instance.Id} runs version {instance.DefinitionVersionId}, not {definition.Id}.", nameof(definition));
        }

        return new Burst(definition, instance.Copy(), now).Run(stimulus) ?? new(instance, [], [], Ignored: true);
    }
}
