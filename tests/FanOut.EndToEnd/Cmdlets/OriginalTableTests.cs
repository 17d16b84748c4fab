using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>A table that the original's command line wrote.</summary>
public sealed class OriginalTableTests(MotoServer moto)
{
    [Fact]
    public async Task Its_rows_are_listed_changed_and_activated_and_keep_what_was_not_changed()
    {
        // Its source is another stream than the session's: arn:aws:kinesis:us-east-1:123456789012:stream/inputStream.
        using MotoSession session = await MotoSession.StartAsync(moto, "inputStream");
        JsonArray original = JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Join(Checkout.Root, "tests", "FanOut.Tests", "Mappings", "Fixtures", "original-cli-table-items.json"), TestContext.Current.CancellationToken))!.AsArray();
        foreach (JsonNode? item in original)
        {
            await session.PutAsync(item!);
        }

        Dictionary<string, string> before = await TextsAsync(session);

        PowerShellResult listed = session.Run("Get-FanOutTarget -Source inputStream -SourceType Kinesis").ThrowIfFailed();
        Assert.Equal(original.Select(row => row!.Text("id")), listed.Output.Select(target => (string)target.Properties["Id"].Value));
        Assert.Equal(original.Select(row => row!.Text("destination")), listed.Output.Select(target => (string)target.Properties["Destination"].Value));
        Assert.All(listed.Output, target => Assert.Equal((bool)target.Properties["Enabled"].Value ? "Enabled" : "Disabled", target.Properties["State"].Value));

        session.Run("Get-FanOutTarget x1 | Enable-FanOutTarget; Get-FanOutTarget s1 | Set-FanOutTarget -Collapse JSON; Get-FanOutTarget m1 | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();

        Dictionary<string, string> expected = new(before)
        {
            ["x1"] = before["x1"].Replace("""active={"BOOL":false}""", """active={"BOOL":true}""", StringComparison.Ordinal),
            ["s1"] = before["s1"].Replace("""collapse={"S":"concat"}""", """collapse={"S":"JSON"}""", StringComparison.Ordinal),
        };
        expected.Remove("m1");
        Assert.NotEqual(before["x1"], expected["x1"]);
        Assert.NotEqual(before["s1"], expected["s1"]);
        Assert.Equal(expected, await TextsAsync(session));
    }

    private static async Task<Dictionary<string, string>> TextsAsync(MotoSession session) =>
        (await session.RowsAsync()).ToDictionary(row => row.Text("id")!, row => row.Sorted());
}
