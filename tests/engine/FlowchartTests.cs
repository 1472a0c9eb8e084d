namespace NetwerkRegie.Engine.Tests;

public sealed class FlowchartTests
{
    [Fact]
    public void Activities_run_in_the_order_of_their_connections() =>
        Assert.Equal("a b c", Play.Of(new Flow().Write("c", "a", "b").Connect("a -> b -> c")).Finished().Order);

    [Fact]
    public void A_join_waits_for_every_branch()
    {
        var play = Play.Of(new Flow().Write("a", "e").Step("b", "c").Join("d", "WaitAll").Connect("a -> b -> d -> e", "a -> c -> d"));
        Assert.Equal("b c", play.Waiting);

        play.Answer("b");
        Assert.Equal("a b", play.Order);

        Assert.Equal("a b c d e", play.Answer("c").Finished().Order);
    }

    [Fact]
    public void A_loop_goes_round_until_its_decision_is_true()
    {
        var play = Play.Of(new Flow()
            .Variable("n", "Int32", 0)
            .Write("a", "z")
            .With("tel", "Elsa.SetVariable", new() { ["variable"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "id-n" }, ["value"] = Flow.JavaScript("getN() + 1") })
            .Decide("klaar", "variables.n >= 3")
            .Connect("a -> tel -> klaar:True -> z", "klaar:False -> tel"));

        Assert.Equal("a tel klaar tel klaar tel klaar z", play.Finished().Order);
    }
}
