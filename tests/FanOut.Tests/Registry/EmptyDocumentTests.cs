using System.Management.Automation;

namespace FanOut.Tests.Registry;

/// <summary>An index that deletes nothing gets an empty document of each removed item: whoever asks for that is told.</summary>
public sealed class EmptyDocumentTests : IAsyncDisposable
{
    private const string Index = "es index 'https://search.example.com#log'";

    private readonly CloudSession _session = new();
    private readonly string _table;

    public EmptyDocumentTests() => _table = _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES").EventStream!.Arn;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("-DocumentId sequence", "-DocumentId sequence")]
    [InlineData("-DocumentId none", "-DocumentId none")]
    [InlineData("-DocumentAction create", "-DocumentAction create")]
    [InlineData("-DocumentId sequence -ConvertDDB -View newImage", "-DocumentId sequence")]
    [InlineData("-DocumentId none -Filter '{\"eventName\":[\"MODIFY\",\"REMOVE\"]}'", "-DocumentId none")]
    public void Removals_that_would_make_empty_documents_are_warned_of(string settings, string why)
    {
        string warning = Assert.Single(Warnings($"Register-FanOutTarget {Index} -SourceArn {_table} {settings}"));

        Assert.Contains("The target 'index' makes an empty document, {}, of each removed item", warning, StringComparison.Ordinal);
        Assert.Contains(why, warning, StringComparison.Ordinal);
        PSObject check = Assert.Single(_session.Run($"Test-FanOutTarget index -SourceArn {_table}").ThrowIfFailed().Output, static c => Equals(c.Properties["Check"].Value, "Removals"));
        Assert.Equal("Warn", check.Properties["Status"].Value);
        Assert.Contains("Set-FanOutTarget 'index' -View record", (string)check.Properties["Remedy"].Value, StringComparison.Ordinal);
        Assert.Empty(Warnings($"Set-FanOutTarget index -SourceArn {_table} -View record"));
        Assert.Single(Warnings($"Set-FanOutTarget index -SourceArn {_table} -View newImage"));
        Assert.Empty(Warnings($"Set-FanOutTarget index -SourceArn {_table} -MaxItemBytes 1000"));
    }

    [Fact]
    public void Changes_that_come_through_a_stream_remove_items_too() =>
        Assert.Single(Warnings($"Register-FanOutTarget {Index} -SourceArn {CloudSession.Orders} -DocumentId sequence -RecordFormat dynamodb-changes"));

    [Theory]
    [InlineData("")]
    [InlineData("-DocumentId key -DocumentAction index")]
    [InlineData("-DocumentId sequence -View record")]
    [InlineData("-DocumentId sequence -View oldImage")]
    [InlineData("-DocumentId sequence -View both")]
    [InlineData("-DocumentId sequence -Transform @{ inputTemplate = '<fanout.record>' }")]
    [InlineData("-DocumentId none -Filter '{\"eventName\":[\"INSERT\",\"MODIFY\"]}'")]
    [InlineData("-DocumentId none -Filter '{\"newImage\":{\"state\":[\"open\"]}}'")]
    [InlineData("-DocumentId none -Filter '{\"dynamodb\":{\"NewImage\":{\"state\":{\"S\":[\"open\"]}}}}'")]
    public void What_deletes_or_shows_something_of_a_removed_item_or_gets_none_is_not(string settings) =>
        Assert.Empty(Warnings($"Register-FanOutTarget {Index} -SourceArn {_table} {settings}"));

    [Fact]
    public void A_stream_s_own_records_are_no_removals() =>
        Assert.Empty(Warnings($"Register-FanOutTarget {Index} -SourceArn {CloudSession.Orders} -DocumentId sequence"));

    // That the source is not connected is another matter.
    private string[] Warnings(string script) => [.. _session.Run(script).ThrowIfFailed().Warnings.Where(static w => !w.Contains("not connected", StringComparison.Ordinal))];
}
