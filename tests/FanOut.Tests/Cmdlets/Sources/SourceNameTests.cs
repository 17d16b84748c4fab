using System.Management.Automation;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>-Source with and without -SourceType.</summary>
public sealed class SourceNameTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    public SourceNameTests()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_IMAGE");
        _session.Cloud.Dynamo.CreateTable("streamless", "id");
        _session.Cloud.Sns.CreateTopic("news");
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("orders", "Kinesis")]
    [InlineData("customers", "DynamoDB")]
    [InlineData("news", "SNS")]
    public void A_name_alone_is_looked_for_among_all_kinds(string name, string kind) =>
        Assert.Equal($"{name} {kind}", Text(_session.Run($"Connect-FanOutSource -Source {name} -WarningAction Ignore").Only(), "Name", "SourceType"));

    [Fact]
    public void A_name_that_several_have_is_asked_back()
    {
        _session.Cloud.Dynamo.CreateTable("orders", "id", streamView: "NEW_IMAGE");

        ErrorRecord error = _session.Run("Connect-FanOutSource -Source orders").Error();

        Assert.StartsWith("SourceAmbiguous,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("-Source 'orders' is the name of several sources in us-east-1: Kinesis stream, DynamoDB table.", error.Exception.Message);
        Assert.Equal("Say which: -SourceType Kinesis or DynamoDB.", error.ErrorDetails.RecommendedAction);
        Assert.Equal("orders DynamoDB", Text(_session.Run("Connect-FanOutSource -Source orders -SourceType DynamoDB -WarningAction Ignore").Only(), "Name", "SourceType"));
    }

    [Theory]
    [InlineData("-Source ordres", "There is no Kinesis stream, DynamoDB table or SNS topic 'ordres' in us-east-1", " Is 'orders' meant?")]
    [InlineData("-Source custmers -SourceType DynamoDB", "There is no DynamoDB table 'custmers' in us-east-1", " Is 'customers' meant?")]
    [InlineData("-Source NEWS -SourceType SNS", "There is no SNS topic 'NEWS' in us-east-1", " Is 'news' meant?")]
    [InlineData("-Source quite-another", "There is no Kinesis stream, DynamoDB table or SNS topic 'quite-another' in us-east-1", "")]
    public void A_misspelt_name_is_told_with_the_nearest(string source, string message, string nearest)
    {
        ErrorRecord error = _session.Run($"Connect-FanOutSource {source}").Error();

        Assert.StartsWith("SourceNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.EndsWith($"AKIATESTSOFFANOUT000).{nearest}", error.Exception.Message.Replace("access key ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Check the name", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_a_stream_is_told_as_such()
    {
        ErrorRecord error = _session.Run("Connect-FanOutSource -Source streamless").Error();

        Assert.Contains("The DynamoDB table 'streamless' in us-east-1 has no stream", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("--stream-specification", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_not_look_for_every_kind_finds_what_is_there_or_is_told_what_was_denied()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "dynamodb", Operation = "DescribeTable" });

        Assert.Equal("orders Kinesis", Text(_session.Run("Connect-FanOutSource -Source orders -WarningAction Ignore").Only(), "Name", "SourceType"));
        Assert.StartsWith("AccessDenied,", _session.Run("Connect-FanOutSource -Source customers").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Suspend-FanOutSource orders", "orders")]
    [InlineData("Suspend-FanOutSource orders Kinesis", "orders")]
    [InlineData("Suspend-FanOutSource orders, customers", "customers orders")]
    [InlineData("Suspend-FanOutSource *s", "customers news orders")]
    [InlineData("Suspend-FanOutSource *s DynamoDB", "customers")]
    [InlineData("Suspend-FanOutSource -SourceArn *:stream/o*, *:news", "news orders")]
    [InlineData("Suspend-FanOutSource -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders, arn:aws:sns:us-east-1:123456789012:news", "news orders")]
    [InlineData("Suspend-FanOutSource x*", "")]
    [InlineData("'orders', 'news' | ForEach-Object { [pscustomobject]@{ Source = $_ } } | Suspend-FanOutSource", "news orders")]
    public void Sources_are_named_by_position_several_at_once_and_by_patterns(string script, string suspended)
    {
        ConnectAll();

        _session.Run($"{script} -Wait").ThrowIfFailed();

        Assert.Equal(suspended, string.Join(' ', _session.Run("Get-FanOutSource | Where-Object State -eq Disabled | Sort-Object Name").ThrowIfFailed().Output.Select(static o => Text(o, "Name"))));
    }

    [Theory]
    [InlineData("Get-FanOutSource *s", "customers news orders")]
    [InlineData("Get-FanOutSource -SourceArn *kinesis*", "orders")]
    [InlineData("Get-FanOutSource news, orders, o*", "news orders")]
    [InlineData("Get-FanOutSource * SNS", "news")]
    [InlineData("Get-FanOutSource -SourceType DynamoDB", "customers")]
    [InlineData("Get-FanOutSource x*", "")]
    public void Sources_are_shown_in_the_same_ways(string script, string names)
    {
        ConnectAll();

        Assert.Equal(names, string.Join(' ', _session.Run(script).ThrowIfFailed().Output.Select(static o => Text(o, "Name")).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void One_that_is_not_there_does_not_keep_the_others()
    {
        ConnectAll();

        PowerShellResult result = _session.Run("Suspend-FanOutSource absent, orders -Wait");

        Assert.StartsWith("SourceNotFound,", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("absent", result.Error().TargetObject);
        Assert.Equal("Disabled", _session.Run("Get-FanOutSource orders").Property("State"));
    }

    [Theory]
    [InlineData("stream/orderz", " there is no event source mapping. Is 'orders' meant?")]
    [InlineData("stream/quite-another", " there is no event source mapping.")]
    public void An_ARN_that_is_not_connected_is_told_with_the_nearest_source_that_is(string stream, string end)
    {
        ConnectAll();

        ErrorRecord error = _session.Run($"Suspend-FanOutSource -SourceArn arn:aws:kinesis:us-east-1:123456789012:{stream}").Error();

        Assert.StartsWith("SourceNotConnected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.EndsWith(end, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_not_see_topics_uses_patterns_for_streams()
    {
        ConnectAll();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "lambda", Operation = "GetPolicy" });

        PowerShellResult result = _session.Run("Suspend-FanOutSource *s -Wait -PassThru -Verbose").ThrowIfFailed();

        Assert.Equal(["customers", "orders"], result.Output.Select(static o => Text(o, "Name")));
        Assert.Contains(result.Verbose, static v => v.StartsWith("Which topics are connected with fanout could not be found out", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_are_connected_by_one_command_and_patterns_are_refused()
    {
        Assert.Equal(["orders", "news"], _session.Run("Connect-FanOutSource orders, news -WarningAction Ignore").ThrowIfFailed().Output.Select(static o => Text(o, "Name")));

        ErrorRecord error = _session.Run("Connect-FanOutSource o*").Error();
        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("must be said one by one", error.Exception.Message, StringComparison.Ordinal);
    }

    private void ConnectAll() => _session.Run("Connect-FanOutSource orders, customers, news -Wait -WarningAction Ignore").ThrowIfFailed();

    private static string Text(PSObject source, params string[] properties) => string.Join(' ', properties.Select(p => source.Properties[p].Value));
}
