using Xunit.Abstractions;
using Xunit.Sdk;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>Names the servers (environment variables with their addresses) without which the tests of a class cannot run.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(params string[] servers) : Attribute
{
    public IReadOnlyList<string> Servers { get; } = servers;
}

/// <summary>A fact of a suite; skipped, with a message, in the classes whose servers are not there.</summary>
[XunitTestCaseDiscoverer("NetwerkRegie.Conformance.Tests." + nameof(SuiteFactDiscoverer), "NetwerkRegie.Conformance.Tests")]
public sealed class SuiteFactAttribute : FactAttribute;

/// <inheritdoc cref="SuiteFactAttribute"/>
[XunitTestCaseDiscoverer("NetwerkRegie.Conformance.Tests." + nameof(SuiteTheoryDiscoverer), "NetwerkRegie.Conformance.Tests")]
public sealed class SuiteTheoryAttribute : TheoryAttribute;

public sealed class SuiteFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Missing.Skip(testMethod, discoveryOptions, DiagnosticMessageSink) ?? base.Discover(discoveryOptions, testMethod, factAttribute);
}

public sealed class SuiteTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        Missing.Skip(testMethod, discoveryOptions, DiagnosticMessageSink) ?? base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

internal static class Missing
{
    /// <summary>The test as a skipped one, if a server that its class needs is not there.</summary>
    public static IEnumerable<IXunitTestCase>? Skip(ITestMethod method, ITestFrameworkDiscoveryOptions options, IMessageSink sink)
    {
        var missing = method.TestClass.Class.GetCustomAttributes(typeof(NeedsAttribute))
            .SelectMany(needs => needs.GetNamedArgument<IReadOnlyList<string>>(nameof(NeedsAttribute.Servers)))
            .Where(server => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(server)))
            .ToList();
        return missing.Count == 0
            ? null
            : [new XunitSkippedDataRowTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, $"{string.Join(" en ", missing)} ontbreekt; zie deploy/servers.")];
    }
}
