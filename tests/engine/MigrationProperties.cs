using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace NetwerkRegie.Engine.Tests;

/// <summary>What holds for every flow that goes to another drawing on the way, wherever it is then.</summary>
public sealed class MigrationProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void A_migrated_instance_waits_for_the_same_and_takes_every_answer()
    {
        var moved = 0;
        var refused = 0;
        Check.One(Thorough, Prop.ForAll(Changes, change =>
        {
            var play = change.Before.Begin();
            var after = Version(change.After(), 2);
            foreach (var _ in change.Before.Run(play).Take(20))
            {
                if (play.Instance.Status == WorkflowStatus.Finished)
                {
                    break;
                }

                var before = play.Instance.ToJson();
                var (instance, faults) = Migration.Migrate(play.Definition, after, play.Instance);
                Assert.Equal(before, play.Instance.ToJson());
                if (instance is null)
                {
                    Assert.NotEmpty(faults);
                    refused++;
                    continue;
                }

                moved++;
                Assert.Equal(play.Instance.Bookmarks, instance.Bookmarks);
                Assert.Equal(instance.ToJson(), WorkflowInstance.FromJson(instance.ToJson()).ToJson());
                foreach (var bookmark in instance.Bookmarks)
                {
                    foreach (var outcome in new[] { null, "Anders", "Nogmaals" })
                    {
                        Assert.False(Interpreter.Advance(after, instance, new Stimulus.Resume(bookmark.Id, outcome, null), play.Now).Ignored);
                    }
                }
            }
        }));
        Assert.True(moved > 100 && refused > 100, $"{moved} moved and {refused} refused: that proves little.");
    }

    [Fact]
    public void To_a_drawing_that_only_has_more_and_back_is_as_if_nothing_happened()
    {
        var moved = 0;
        Check.One(Thorough, Prop.ForAll(Changes, change =>
        {
            var play = change.Before.Begin();
            var more = Version(change.More(), 2);
            foreach (var _ in change.Before.Run(play).Take(20))
            {
                if (Migration.Migrate(play.Definition, more, play.Instance).Instance is { } there)
                {
                    moved++;
                    Assert.Equal(play.Instance.ToJson(), Migration.Migrate(more, play.Definition, there).Instance?.ToJson());
                }
            }
        }));
        Assert.True(moved > 100, $"{moved} moved: that proves little.");
    }

    private static Arbitrary<Change> Changes { get; } = Arb.From(
        from before in FlowProperties.Story.Arbitrary.Generator
        from other in FlowProperties.Story.Arbitrary.Generator
        from what in Gen.ArrayOf(Gen.Choose(0, 9), 14)
        from drop in Gen.Choose(0, 3)
        from flips in Gen.Choose(0, 3)
        select new Change(before, other.Drawing, what, drop, flips == 0));

    private static WorkflowDefinition Version(FlowProperties.Story story, int version)
    {
        var json = JsonNode.Parse(story.Begin().Definition.ToJson())!;
        (json["id"], json["version"]) = ($"proef-{version}", version);
        return WorkflowDefinition.Parse(json.ToJsonString());
    }

    /// <summary>A drawing, and what somebody does to it.</summary>
    /// <param name="Other">Where new activities come from.</param>
    /// <param name="What">What happens to each activity.</param>
    internal sealed record Change(FlowProperties.Story Before, IReadOnlyList<FlowProperties.Drawn> Other, IReadOnlyList<int> What, int Drop, bool Flips)
    {
        /// <summary>Activities are gone, cut loose, of another kind or led to by other lines, and there are new ones.</summary>
        public FlowProperties.Story After()
        {
            var kept = Before.Drawing.Take(Math.Max(1, Before.Drawing.Count - Drop)).Select((drawn, i) => What[i % What.Count] switch
            {
                0 => drawn with { Inbound = [] },
                1 => drawn with { Kind = "Step" },
                2 when i < Other.Count => drawn with { Inbound = Other[i].Inbound },
                3 when i < Other.Count => Other[i],
                _ => drawn,
            }).ToList();
            return Before with { Drawing = [.. kept, .. Other.Skip(kept.Count)], UsesTokens = Before.UsesTokens != Flips };
        }

        /// <summary>All that was there, with new activities after it.</summary>
        public FlowProperties.Story More() => Before with { Drawing = [.. Before.Drawing, .. Other.Skip(Before.Drawing.Count)] };
    }
}
