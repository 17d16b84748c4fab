namespace FanOut.Tests.Cmdlets;

/// <summary>What is typed counts more than what is piped, and $PSDefaultParameterValues count less.</summary>
public sealed class ParameterPrecedenceTests : IAsyncDisposable
{
    private const string West = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";

    private readonly CloudSession _session = new();

    // The session has a default for the region, us-east-1, and the same table with the same id there.
    public ParameterPrecedenceTests()
    {
        _session.Cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id", region: "eu-west-1");
        _session.Cloud.Dynamo.CreateTable("otherTargets", "sourceArn", "id");
        _session.Cloud.Dynamo.CreateTable("p2Targets", "sourceArn", "id");
        _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:eu-west-1:123456789012:q -SourceArn {West} -Region eu-west-1").ThrowIfFailed();
        _session.Run($"Register-FanOutTarget sqs t1 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {West}").ThrowIfFailed();
        _session.Run($"Register-FanOutTarget sqs t2 arn:aws:sqs:us-east-1:123456789012:q -SourceArn {CloudSession.Orders} -TableName otherTargets").ThrowIfFailed();
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("Get-FanOutTarget t1 -Region eu-west-1 | Enable-FanOutTarget", "eu-west-1")]
    [InlineData("Get-FanOutTarget t1 -Region eu-west-1 | ConvertTo-Csv | ConvertFrom-Csv | Enable-FanOutTarget", "eu-west-1")]
    [InlineData("Get-FanOutTarget t1 -Region eu-west-1 | Enable-FanOutTarget -Region us-east-1", "us-east-1")]
    [InlineData("Get-FanOutTarget t1 -Region eu-west-1 | Select-Object Id, SourceArn | Enable-FanOutTarget", "us-east-1")]
    [InlineData("[pscustomobject]@{ Id = 't1'; RegionToCall = 'eu-west-1' } | Enable-FanOutTarget -SourceArn " + West, "eu-west-1")]
    [InlineData("[pscustomobject]@{ Id = 't1'; Region = '' } | Enable-FanOutTarget -SourceArn " + West, "us-east-1")]
    [InlineData("Enable-FanOutTarget t1 -SourceArn " + West, "us-east-1")]
    public void The_region_of_a_piped_object_counts_more_than_the_default_and_less_than_what_is_typed(string script, string region)
    {
        _session.Run(script).ThrowIfFailed();

        Assert.Equal(region, _session.Run("'eu-west-1', 'us-east-1' | ForEach-Object { Get-FanOutTarget t1 -Region $_ } | Where-Object Enabled").Property("Region"));
    }

    [Fact]
    public void Each_object_has_its_own_and_one_without_has_the_default_again()
    {
        PowerShellResult result = _session.Run($$"""
            [pscustomobject]@{ Id = 't1'; Region = 'eu-west-1' }, [pscustomobject]@{ Id = 't1' }, [pscustomobject]@{ Id = 't1'; Region = 'eu-west-1' } |
                Set-FanOutTarget -SourceArn {{West}} -Collapse none -PassThru
            """).ThrowIfFailed();

        Assert.Equal(["eu-west-1", "us-east-1", "eu-west-1"], result.Output.Select(static o => o.Properties["Region"].Value));
    }

    [Theory]
    [InlineData("Register-FanOutTarget", "fanout", "otherTargets")]
    [InlineData("Register-FanOutTarget -FunctionName p2", "p2", "p2Targets")]
    [InlineData("Register-FanOutTarget -FunctionName arn:aws:lambda:us-east-1:123456789012:function:p2:live", "p2", "p2Targets")]
    [InlineData("Register-FanOutTarget -FunctionName fanout", "fanout", "otherTargets")]
    [InlineData("Register-FanOutTarget -FunctionName p2 -TableName fanoutTargets", "p2", "fanoutTargets")]
    [InlineData("Register-FanOutTarget -TableName fanoutTargets", "fanout", "fanoutTargets")]
    [InlineData("Select-Object * -ExcludeProperty FunctionName | Register-FanOutTarget -FunctionName p2", "p2", "otherTargets")]
    public void A_function_that_is_typed_has_its_own_table(string copy, string function, string table)
    {
        PowerShellResult result = _session.Run($"Get-FanOutTarget t2 -TableName otherTargets | {copy}");

        Assert.Equal((function, table), (result.Property("FunctionName"), result.Property("TableName")));
    }

    [Fact]
    public void A_function_that_is_a_default_is_not_that_of_a_piped_object()
    {
        PowerShellResult result = _session.Run("""
            $PSDefaultParameterValues['*-FanOut*:FunctionName'] = 'p2'
            Get-FanOutTarget t2 -FunctionName fanout -TableName otherTargets | Set-FanOutTarget -Collapse none -PassThru
            """);

        Assert.Equal(("fanout", "otherTargets"), (result.Property("FunctionName"), result.Property("TableName")));
    }

    [Theory]
    [InlineData("-SourceArn " + CloudSession.Orders, CloudSession.Orders)]
    [InlineData("-Source orders -SourceType Kinesis", CloudSession.Orders)]
    [InlineData("", West)]
    public void A_source_that_is_typed_counts_more_than_a_piped_one(string source, string expected) =>
        Assert.Equal(expected, _session.Run($"Get-FanOutTarget t1 | Register-FanOutTarget -Force {source}").Property("SourceArn"));

    [Theory]
    [InlineData("$true", "false", false)]
    [InlineData("$false", "true", true)]
    [InlineData("$true", "", true)]
    public void A_switch_of_a_piped_object_counts_more_than_its_default(string value, string piped, bool expected) => Assert.Equal(expected, _session.Run($$"""
        $PSDefaultParameterValues['Register-FanOutTarget:Active'] = {{value}}
        [pscustomobject]@{ Id = 't3'; Active = '{{piped}}' } | Register-FanOutTarget sqs -Destination arn:aws:sqs:us-east-1:123456789012:q -SourceArn {{CloudSession.Orders}}
        """).Property("Enabled"));

    [Fact]
    public void A_piped_word_for_which_there_is_a_default_is_checked_too()
    {
        PowerShellResult result = _session.Run($$"""
            $PSDefaultParameterValues['Register-FanOutTarget:MaxItemBytes'] = 500
            [pscustomobject]@{ Id = 't3'; MaxItemBytes = 'abc' }, [pscustomobject]@{ Id = 't4'; MaxItemBytes = '' } | Register-FanOutTarget sqs -Destination arn:aws:sqs:us-east-1:123456789012:q -SourceArn {{CloudSession.Orders}}
            """);

        Assert.Contains("'abc' is not a whole number", result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Equal(500, Assert.Single(result.Output).Properties["MaxItemBytes"].Value);
    }

    [Theory]
    [InlineData("42 | Get-FanOutTarget", "InputObjectNotBound")]
    [InlineData("'t1' | Get-FanOutTarget", "InputObjectNotBound")]
    [InlineData("'t1' | Disable-FanOutTarget -SourceArn " + West, "InputObjectMissingMandatory")]
    [InlineData("[pscustomobject]@{ Name = 't1' } | Get-FanOutSource", "InputObjectNotBound")]
    public void An_object_with_nothing_that_is_taken_is_an_error(string script, string id) =>
        Assert.StartsWith(id + ",", _session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
}
