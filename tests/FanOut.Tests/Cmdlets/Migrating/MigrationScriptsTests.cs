using System.Text.Json.Nodes;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Migrating;

/// <summary>The scripts of docs/migrating.md, one after the other, on a table that the original's command line wrote.</summary>
public sealed class MigrationScriptsTests : IAsyncDisposable
{
    private const string Input = "arn:aws:kinesis:us-east-1:123456789012:stream/inputStream";

    private readonly PreparedCloud _cloud = new();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public void Each_script_of_the_guide_does_what_its_text_says()
    {
        JsonArray original = JsonNode.Parse(File.ReadAllText(Path.Join(Checkout.Root, "tests", "FanOut.Tests", "Mappings", "Fixtures", "original-cli-table-items.json")))!.AsArray();
        foreach (JsonNode? row in original)
        {
            // Written for a function of another name; here it would be its own target.
            if (Id(row!.AsObject()) == "l1")
            {
                row["destination"]!["S"] = "targetFunction";
            }

            _cloud.Put(row.AsObject());
        }

        _cloud.CreateOriginals();
        _cloud.Put(Row("target2", """{"type":{"S":"kinesis"},"destination":{"S":"other"},"role":{"S":"arn:aws:iam::210987654321:role/x"},"externalId":{"S":"ext-1"}}"""));
        EventSourceMapping old = _cloud.Lambda.CreateEventSourceMapping(Input, "fanout", new EventSourceMappingOptions());
        var scripts = new Queue<string>(MigrationGuide.Scripts);

        Run(scripts.Dequeue());
        Assert.False(Attribute("s1", "active")!["BOOL"]!.GetValue<bool>());
        Assert.Equal(original.Count + 1, _cloud.Rows("copyTargets").Count);
        Assert.Null(Attribute("target2", "role"));
        Assert.Equal("arn:aws:iam::210987654321:role/x", Attribute("x1", "role")!["S"]!.GetValue<string>());

        Run(scripts.Dequeue());
        Assert.Equal(["JSON", "JSON", "JSON", "none"], new[] { "n1", "s1", "i1", "k1" }.Select(id => Attribute(id, "collapse")!["S"]!.GetValue<string>()));

        _cloud.Put(Row("bad", """{"type":{"S":"kafka"},"destination":{"S":"t"}}"""));
        PowerShellResult invalid = Run(scripts.Dequeue() + " | Out-String");
        Assert.Contains("kafka", $"{Assert.Single(invalid.Output)}", StringComparison.Ordinal);
        _cloud.Run("Unregister-FanOutTarget bad -SourceArn " + Input + " -Confirm:$false").ThrowIfFailed();

        Run(scripts.Dequeue());
        Assert.Equal(EventSourceMappingState.Disabled, old.State);

        Run(scripts.Dequeue());
        Assert.Equal((EventSourceMappingState.Enabled, true, 500), (old.State, old.Settings.ReportBatchItemFailures, old.Settings.BatchSize));
        Assert.Single(_cloud.Lambda.EventSourceMappings);

        Run(scripts.Dequeue());
        Assert.Equal(_cloud.Rows().Select(Id), _cloud.Rows("fanoutNextTargets").Select(Id));

        Run(scripts.Dequeue());
        EventSourceMapping next = Assert.Single(_cloud.Lambda.EventSourceMappings.Values, m => m != old);
        Assert.Equal((EventSourceMappingState.Enabled, StartingPosition.AtTimestamp), (next.State, next.Settings.StartingPosition));
        Assert.Equal(EventSourceMappingState.Disabled, old.State);

        Run(scripts.Dequeue());
        Assert.Same(next, Assert.Single(_cloud.Lambda.EventSourceMappings.Values));
        Assert.Empty(scripts);
    }

    private PowerShellResult Run(string script) => _cloud.Run(script).ThrowIfFailed();

    private JsonNode? Attribute(string id, string attribute) => _cloud.Rows().Single(r => Id(r) == id)[attribute];

    private static string Id(JsonObject row) => row["id"]!["S"]!.GetValue<string>();

    private static JsonObject Row(string id, string more)
    {
        JsonObject row = JsonNode.Parse(more)!.AsObject();
        row["sourceArn"] = new JsonObject { ["S"] = Input };
        row["id"] = new JsonObject { ["S"] = id };
        row["active"] = new JsonObject { ["BOOL"] = true };
        return row;
    }
}
