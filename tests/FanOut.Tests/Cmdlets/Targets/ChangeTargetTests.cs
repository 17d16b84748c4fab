using System.Management.Automation;
using System.Text.Json;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Enable-, Disable-, Set- and Unregister-FanOutTarget.</summary>
public sealed class ChangeTargetTests : IAsyncDisposable
{
    private const string Source = $"-SourceArn {CloudSession.Orders}";

    private readonly CloudSession _session = new();

    public static TheoryData<string> Cmdlets => ["Enable-FanOutTarget", "Disable-FanOutTarget", "Unregister-FanOutTarget -Confirm:$false", "Set-FanOutTarget -Collapse none"];

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("Enable-FanOutTarget t1 " + Source, true)]
    [InlineData("Enable-FanOutTarget -Id t1 -Source orders -SourceType Kinesis", true)]
    [InlineData("Get-FanOutTarget | Enable-FanOutTarget", true)]
    [InlineData("Disable-FanOutTarget t2 " + Source, false)]
    [InlineData("Get-FanOutTarget t2 | Disable-FanOutTarget", false)]
    [InlineData("Get-FanOutTarget | Where-Object Type -eq sqs | Set-FanOutTarget -Enabled:$false", false)]
    public void A_target_is_switched_by_parameter_and_by_pipeline(string script, bool active)
    {
        _session.Register("t1");
        _session.Register("t2", "-Enabled");

        PowerShellResult result = _session.Run(script).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains(_session.Rows, r => Active(r) == active);
        Assert.DoesNotContain(_session.Rows, r => r.GetProperty("id").GetProperty("S").GetString() == (active ? "t1" : "t2") && Active(r) != active);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_is_not_there_is_told_and_not_made(string cmdlet)
    {
        PowerShellResult result = _session.Run($"{cmdlet} -Id absent {Source}");

        ErrorRecord error = result.Error();
        Assert.StartsWith("TargetNotFound,FanOut.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((ErrorCategory.ObjectNotFound, "absent"), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains("fanoutTargets in us-east-1 (looked up as access key", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Rows);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_if_makes_no_changing_call(string cmdlet)
    {
        _session.Register("t1");
        _session.Register("t2", "-Enabled");
        _session.Forget();

        PowerShellResult result = _session.Run($"Get-FanOutTarget | Where-Object Type -eq sqs | {cmdlet} -WhatIf").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Empty(_session.Changes);
        Assert.Equal(2, _session.Rows.Count);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Pass_through_outputs_the_target(string cmdlet)
    {
        _session.Register("t1");

        PowerShellResult result = _session.Run($"Get-FanOutTarget | {cmdlet} -PassThru");

        Assert.Equal("t1", result.Property("Id"));
        Assert.Equal(cmdlet.StartsWith("Enable", StringComparison.Ordinal), result.Property("Enabled"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Pass_through_under_what_if_outputs_what_would_be(string cmdlet)
    {
        _session.Register("t1");
        _session.Forget();

        PowerShellResult result = _session.Run($"Get-FanOutTarget | {cmdlet} -PassThru -WhatIf");

        Assert.Equal(cmdlet.StartsWith("Enable", StringComparison.Ordinal), result.Property("Enabled"));
        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void Unregister_deletes_the_row()
    {
        _session.Register("t1");
        _session.Register("t2");

        _session.Run("Get-FanOutTarget t1 | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();

        Assert.Equal("t2", Assert.Single(_session.Rows).GetProperty("id").GetProperty("S").GetString());
    }

    [Fact]
    public void A_row_that_is_no_mapping_is_not_activated_but_can_be_deactivated_and_deleted()
    {
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"bad"},"type":{"S":"kafka"},"destination":{"S":"t"},"active":{"BOOL":true}}""");

        ErrorRecord error = _session.Run($"Enable-FanOutTarget bad {Source}").Error();
        Assert.Equal(("InvalidMapping,FanOut.Commands.EnableFanOutTargetCommand", ErrorCategory.InvalidData), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));

        _session.Run($"Disable-FanOutTarget bad {Source}").ThrowIfFailed();
        Assert.False(Active(Assert.Single(_session.Rows)));

        _session.Run($"Unregister-FanOutTarget bad {Source} -Confirm:$false").ThrowIfFailed();
        Assert.Empty(_session.Rows);
    }

    [Theory]
    [InlineData("-Collapse none", "collapse", "{\"S\":\"none\"}")]
    [InlineData("-Parallel:$false", "parallel", "{\"BOOL\":false}")]
    [InlineData("-ConvertDDB", "convertDDB", "{\"BOOL\":true}")]
    [InlineData("-Deaggregate:$true", "deaggregate", "{\"BOOL\":true}")]
    [InlineData("-AppendNewlines", "appendNewlines", "{\"BOOL\":true}")]
    [InlineData("-Passthrough", "passthrough", "{\"BOOL\":true}")]
    [InlineData("-View record", "view", "{\"S\":\"record\"}")]
    [InlineData("-Unpack cloudWatchLogs", "unpack", "{\"S\":\"cloudWatchLogs\"}")]
    [InlineData("-MaxItemBytes 5000", "maxItemBytes", "{\"N\":\"5000\"}")]
    [InlineData("-MaxBatchBytes 5000", "maxBatchBytes", "{\"N\":\"5000\"}")]
    [InlineData("-DeadLetter s3://letters/mine", "deadLetter", "{\"S\":\"s3://letters/mine\"}")]
    [InlineData("-DeadLetter arn:aws:sqs:us-east-1:123456789012:letters -OnFailure block", "onFailure", "{\"S\":\"block\"}")]
    [InlineData("-OnFailure block", "onFailure", "{\"S\":\"block\"}")]
    [InlineData("-DeadLetter $null", "deadLetter", null)]
    [InlineData("-DeadLetter '' -OnFailure $null -Collapse none", "deadLetter", null)]
    [InlineData("-DestinationRegion eu-west-1", "region", "{\"S\":\"eu-west-1\"}")]
    [InlineData("-DestinationRoleArn arn:aws:iam::210987654321:role/y", "role", "{\"S\":\"arn:aws:iam::210987654321:role/y\"}")]
    [InlineData("-ExternalId ext-2", "externalId", "{\"S\":\"ext-2\"}")]
    [InlineData("-Destination arn:aws:sqs:us-east-1:123456789012:other", "destination", "{\"S\":\"arn:aws:sqs:us-east-1:123456789012:other\"}")]
    [InlineData("-Type kinesis -Destination arn:aws:kinesis:us-east-1:123456789012:stream/s", "type", "{\"S\":\"kinesis\"}")]
    [InlineData("-DestinationRoleArn $null -ExternalId $null", "role", null)]
    [InlineData("-DestinationRoleArn '' -ExternalId ''", "externalId", null)]
    [InlineData("-DestinationRegion $null", "region", null)]
    [InlineData("-MaxItemBytes $null", "maxItemBytes", null)]
    [InlineData("-Filter '{\"data\":{\"n\":[1]}}'", "filter", """{"S":"{\u0022data\u0022:{\u0022n\u0022:[1]}}"}""")]
    [InlineData("-Filter $null", "filter", null)]
    [InlineData("-Filter ''", "filter", null)]
    public void Set_changes_what_it_is_given_and_nothing_else(string arguments, string attribute, string? value)
    {
        _session.Register("t1", "-Filter '{\"partitionKey\":[\"k\"]}' -Enabled -DestinationRegion us-west-2 -DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1 -MaxItemBytes 1000 -DeadLetter arn:aws:sns:us-east-1:123456789012:letters");
        JsonElement before = Assert.Single(_session.Rows);

        _session.Run($"Set-FanOutTarget t1 {Source} {arguments}").ThrowIfFailed();

        JsonElement after = Assert.Single(_session.Rows);
        Assert.Equal(value, after.TryGetProperty(attribute, out JsonElement changed) ? changed.GetRawText() : null);
        int given = arguments.Split(" -").Length;
        string[] differing = [.. Names(before).Union(Names(after)).Where(n => Raw(before, n) != Raw(after, n))];
        Assert.InRange(differing.Length, 1, given);
    }

    [Theory]
    [InlineData("", "InvalidParameter")]
    [InlineData("-Destination nonsense", "DestinationNotFound")]
    [InlineData("-Destination 'ftp://nonsense'", "InvalidDestination")]
    [InlineData("-Destination other -Index orders", "InvalidParameter")]
    [InlineData("-Type es -Destination domain", "InvalidDestination")]
    [InlineData("-Type sns -Destination nope", "DestinationNotFound")]
    [InlineData("-DeadLetter nope", "DestinationNotFound")]
    [InlineData("-Destination arn:aws:sqs:us-east-1:12345:q", "InvalidParameter")]
    [InlineData("-Type sns", "InvalidDestination")]
    [InlineData("-DestinationRoleArn nonsense", "InvalidParameter")]
    [InlineData("-ExternalId ext-1", "InvalidParameter")]
    [InlineData("-MaxItemBytes 0", "InvalidParameter")]
    [InlineData("-Type kinesis -Destination " + CloudSession.Orders, "InvalidDestination")]
    [InlineData("-OnFailure deadLetter", "InvalidParameter")]
    [InlineData("-DeadLetter 'non sense'", "InvalidParameter")]
    [InlineData("-OnFailure drop", "ParameterArgumentValidationError")]
    [InlineData("-Type lambda -Destination arn:aws:lambda:us-east-1:123456789012:function:fanout:live", "InvalidDestination")]
    [InlineData("-Filter '{'", "InvalidParameter")]
    [InlineData("-Filter '{\"dynamodb\":{\"Keys\":[1]}}'", "InvalidParameter")]
    [InlineData("-Filter '{\"eventName\":[\"MODIFY\"]}'", "InvalidParameter")]
    [InlineData("-Filter @(1)", "ParameterArgumentTransformationError")]
    [InlineData("-Collapse xml", "ParameterArgumentValidationError")]
    public void Set_refuses_what_would_not_be_a_valid_mapping_and_changes_nothing(string arguments, string id)
    {
        _session.Register("t1");
        string before = Assert.Single(_session.Rows).ToString();

        ErrorRecord error = _session.Run($"Set-FanOutTarget t1 {Source} {arguments}").Error();

        Assert.Equal($"{id},FanOut.Commands.SetFanOutTargetCommand", error.FullyQualifiedErrorId);
        Assert.Equal(before, Assert.Single(_session.Rows).ToString());
    }

    [Theory]
    [InlineData("-Destination other", "/123456789012/other", 2048)]
    [InlineData("-Destination other -MaxItemBytes 500", "/123456789012/other", 500)]
    [InlineData("-Type kinesis -Destination copy -DestinationRegion eu-west-1 -DestinationRoleArn arn:aws:iam::210987654321:role/writer -ExternalId ext-1", "arn:aws:kinesis:eu-west-1:210987654321:stream/copy", 1048576)]
    [InlineData("-Type es -Destination search.example -Index orders", "search.example#orders", null)]
    public void Set_looks_names_up_as_Register_does(string arguments, string destination, int? bytes)
    {
        _session.Cloud.Sqs.CreateQueue("other", new Dictionary<string, string> { ["MaximumMessageSize"] = "2048" });
        _session.Cloud.Sts.AddRole("arn:aws:iam::210987654321:role/writer", "ext-1");
        _session.Cloud.Kinesis.CreateStream("copy", region: "eu-west-1", accountId: "210987654321");
        _session.Register("t1");

        PowerShellResult result = _session.Run($"Set-FanOutTarget t1 {Source} {arguments} -PassThru");

        Assert.EndsWith(destination, $"{result.Property("Destination")}", StringComparison.Ordinal);
        Assert.Equal(bytes, result.Property("MaxItemBytes"));
    }

    [Fact]
    public void Set_gives_the_same_domain_another_index()
    {
        _session.Run($"Register-FanOutTarget es t1 search.example#orders {Source}").ThrowIfFailed();

        Assert.Equal("search.example#orders-<data.country>", _session.Run($"Set-FanOutTarget t1 {Source} -Index 'orders-<data.country>' -PassThru").Property("Destination"));
    }

    [Theory]
    [InlineData("Set-FanOutTarget t1 " + Source + " -Index orders")]
    [InlineData("Set-FanOutTarget t1 " + Source + " -Index orders -Destination arn:aws:sqs:us-east-1:123456789012:other")]
    [InlineData("Register-FanOutTarget sqs t2 arn:aws:sqs:us-east-1:123456789012:other " + Source + " -Index orders")]
    public void An_index_of_what_has_none_is_an_error(string script)
    {
        _session.Register("t1");
        string before = Assert.Single(_session.Rows).ToString();

        ErrorRecord error = _session.Run(script).Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("-Index is for ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Assert.Single(_session.Rows).ToString());
    }

    [Fact]
    public void Set_looks_a_name_up_where_the_target_sends()
    {
        _session.Cloud.Kinesis.CreateStream("copy", region: "eu-west-1");
        _session.Run($"Register-FanOutTarget kinesis t1 arn:aws:kinesis:us-east-1:123456789012:stream/old {Source} -DestinationRegion eu-west-1").ThrowIfFailed();

        Assert.Equal("arn:aws:kinesis:eu-west-1:123456789012:stream/copy", _session.Run($"Set-FanOutTarget t1 {Source} -Destination copy -PassThru").Property("Destination"));
    }

    [Fact]
    public void A_piped_object_that_is_older_than_the_table_undoes_nothing()
    {
        _session.Register("t1", "-Enabled");

        _session.Run($"""
            $old = Get-FanOutTarget t1
            Disable-FanOutTarget t1 {Source}
            $old | Set-FanOutTarget -Collapse none
            """).ThrowIfFailed();

        Assert.False(Active(Assert.Single(_session.Rows)));
    }

    [Fact]
    public void Attributes_that_nobody_knows_survive_a_change()
    {
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"t1"},"type":{"S":"sqs"},"destination":{"S":"arn:aws:sqs:us-east-1:123456789012:q"},"active":{"BOOL":true},"owner":{"S":"team-a"}}""");

        _session.Run($"Set-FanOutTarget t1 {Source} -Collapse none").ThrowIfFailed();

        Assert.Equal("team-a", Assert.Single(_session.Rows).GetProperty("owner").GetProperty("S").GetString());
    }

    [Fact]
    public void Without_a_confirmation_nothing_is_deleted_where_nobody_can_be_asked()
    {
        _session.Register("t1");

        Assert.Single(_session.Run($"Unregister-FanOutTarget t1 {Source}").AllErrors);
        Assert.Single(_session.Rows);
    }

    private static bool Active(JsonElement row) => row.GetProperty("active").GetProperty("BOOL").GetBoolean();

    private static IEnumerable<string> Names(JsonElement row) => row.EnumerateObject().Select(static p => p.Name);

    private static string? Raw(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;
}
