using System.Reflection;
using MassTransit;
using NetwerkRegie.Contracts;
using NetwerkRegie.Host;
using Xunit;

namespace NetwerkRegie.Services.Tests;

/// <summary>What services say to each other fits together.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Contracts = typeof(StapRef).Assembly.GetExportedTypes();

    private static readonly List<(string Service, Type Message)> Subscriptions =
        [.. HostApplication.All.SelectMany(service => service.Consumers.SelectMany(consumer => consumer.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(i => (service.Name, i.GetGenericArguments()[0]))))];

    public static TheoryData<string> Stappen() => [.. Contracts.Where(t => t.GetCustomAttribute<StapAttribute>() is not null).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Stappen))]
    public void Every_step_has_one_service_that_does_it_and_an_outcome(string stap)
    {
        var type = Contracts.Single(t => t.Name == stap);

        var service = Assert.Single(Subscriptions, s => s.Message == type).Service;
        Assert.Equal(type.Namespace!.Split('.')[^1], service, ignoreCase: true);
        Assert.Contains(Contracts, t => t.IsAssignableTo(typeof(IUitkomstVan<>).MakeGenericType(type)));
    }

    [Fact]
    public void Every_outcome_answers_one_step_and_reaches_regie_alone()
    {
        foreach (var outcome in Contracts.Where(t => t.IsAssignableTo(typeof(IUitkomst)) && !t.IsInterface))
        {
            Assert.Single(outcome.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IUitkomstVan<>));
            Assert.Equal("regie", Assert.Single(Subscriptions, s => s.Message == outcome).Service);
        }
    }

    [Fact]
    public void Contracts_say_how_their_json_looks_and_it_does_not_change_unseen()
    {
        var approved = Repository.Path("tests/services/contracts.approved.txt");
        var shape = string.Concat(Contracts.Where(t => t.IsClass && !t.IsAbstract && !t.IsAssignableTo(typeof(Attribute))).OrderBy(t => t.FullName, StringComparer.Ordinal).Select(Shape));

        // To approve a change on purpose: delete the file, run this test, and look at the difference before committing it.
        if (!File.Exists(approved))
        {
            File.WriteAllText(approved, shape);
            Assert.Fail("The shapes were written anew; look at the difference and run this again.");
        }

        Assert.Equal(File.ReadAllText(approved), shape);
    }

    private static string Shape(Type type) =>
        $"{type.FullName}\n" + string.Concat(type.GetProperties().Select(p => $"  {char.ToLowerInvariant(p.Name[0])}{p.Name[1..]}: {Name(p.PropertyType)}\n"));

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Name(inner) + "?" : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
