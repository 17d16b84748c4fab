using System.Management.Automation;
using System.Text.Json;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Policies;

/// <summary>Get-FanOutPolicy.</summary>
public sealed class GetFanOutPolicyTests : IAsyncDisposable
{
    private const string Writer = "arn:aws:iam::210987654321:role/writer";

    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void All_that_the_function_and_its_target_roles_need_comes_out_without_a_call_to_IAM()
    {
        Publish();
        _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fanout", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest });
        _session.Register("b");
        _session.Register("a", "-Enabled");
        RegisterCopy();
        _session.Forget();

        PowerShellResult result = _session.Run("Get-FanOutPolicy").ThrowIfFailed();

        Assert.Equal(
            [
                "ExecutionRole FanOut-fanout arn:aws:iam::123456789012:role/runner AssumeTargetRoles ReadMappings ReadStreams RememberProgress SendToQueues WriteLogs",
                "Trust  arn:aws:iam::123456789012:role/runner AllowLambda",
                $"TargetRole FanOut-fanout {Writer} PutToStreams",
                $"Trust  {Writer} AllowFanOut",
            ],
            result.Output.Select(Line));
        Assert.Equal(["dynamodb:Scan", "lambda:GetFunctionConfiguration", "lambda:ListEventSourceMappings", "lambda:ListFunctionEventInvokeConfigs"], _session.Calls.Order(StringComparer.Ordinal));
        Assert.Equal("fanout us-east-1 fanoutTargets", string.Join(' ', new[] { "FunctionName", "Region", "TableName" }.Select(p => result.Output[0].Properties[p].Value)));
        Assert.All(result.Output, static o => JsonDocument.Parse((string)o.Properties["Document"].Value).Dispose());
    }

    [Theory]
    [InlineData("-PolicyType ExecutionRole", "ExecutionRole")]
    [InlineData("fanout -PolicyType ExecutionRole", "ExecutionRole")]
    [InlineData("-PolicyType Trust, TargetRole", "Trust TargetRole Trust")]
    public void Only_the_kinds_that_are_asked_for_come_out(string arguments, string kinds)
    {
        Publish();
        RegisterCopy();

        PowerShellResult result = _session.Run($"Get-FanOutPolicy {arguments}").ThrowIfFailed();

        Assert.Equal(kinds, string.Join(' ', result.Output.Select(static o => $"{o.Properties["Kind"].Value}")));
    }

    [Fact]
    public void The_other_account_gets_a_trust_policy_with_the_external_id()
    {
        Publish();
        RegisterCopy();

        PowerShellResult result = _session.Run("Get-FanOutTarget | Get-FanOutPolicy -PolicyType Trust | Where-Object RoleArn -like *:210987654321:* | Select-Object -ExpandProperty Statements").ThrowIfFailed();

        Assert.Equal(
            "AllowFanOut: sts:AssumeRole by arn:aws:iam::123456789012:role/runner if StringEquals sts:ExternalId ext-1", $"{result.Only()}");
    }

    [Fact]
    public void Dead_letters_are_the_functions_own_business_also_those_of_caches_and_of_other_accounts()
    {
        Publish();
        _session.Run($$"""
            Register-FanOutTarget redis cache rediss://user:secret@cache -SourceArn {{CloudSession.Orders}} -DeadLetter s3://letters/cache -WarningAction Ignore
            Register-FanOutTarget kinesis copy arn:aws:kinesis:us-east-1:210987654321:stream/copy -SourceArn {{CloudSession.Orders}} -DestinationRoleArn {{Writer}} -DeadLetter https://sqs.eu-west-1.amazonaws.com/210987654321/letters -WarningAction Ignore
            Register-FanOutTarget sqs held arn:aws:sqs:us-east-1:123456789012:held -SourceArn {{CloudSession.Orders}} -DeadLetter arn:aws:sns:us-east-1:123456789012:letters -OnFailure block -WarningAction Ignore
            """).ThrowIfFailed();

        foreach (string command in (string[])["Get-FanOutPolicy", "Get-FanOutTarget | Get-FanOutPolicy"])
        {
            PowerShellResult result = _session.Run($"{command} -PolicyType ExecutionRole").ThrowIfFailed();

            string document = (string)result.Property("Document")!;
            Assert.Contains("\"arn:aws:s3:::letters/cache/*\"", document, StringComparison.Ordinal);
            Assert.Contains("\"arn:aws:sqs:eu-west-1:210987654321:letters\"", document, StringComparison.Ordinal);
            Assert.DoesNotContain("sns:Publish", document, StringComparison.Ordinal);
            string notes = string.Join('\n', (string[])result.Property("Notes")!);
            Assert.Contains("Target 'copy': its dead letter lies in the account 210987654321, so its own policy must allow arn:aws:iam::123456789012:role/runner sqs:SendMessage on arn:aws:sqs:eu-west-1:210987654321:letters too.", notes, StringComparison.Ordinal);
            Assert.Contains("Target 'cache': if the bucket of its dead letter belongs to another account", notes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Piped_targets_take_the_place_of_those_in_the_table()
    {
        Publish();
        _session.Register("registered");

        PowerShellResult result = _session.Run($$"""
            [pscustomobject]@{ Id = 'new'; Type = 'firehose'; Destination = 'lake'; SourceArn = '{{CloudSession.Orders}}'; DestinationRoleArn = '' },
            [pscustomobject]@{ Id = 'cache'; Type = 'redis'; Destination = 'rediss://***@cache'; SourceArn = '{{CloudSession.Orders}}' } | Get-FanOutPolicy -PolicyType ExecutionRole
            """).ThrowIfFailed();

        string document = (string)result.Property("Document")!;
        Assert.Contains("arn:aws:firehose:us-east-1:123456789012:deliverystream/lake", document, StringComparison.Ordinal);
        Assert.Contains("kinesis:GetRecords", document, StringComparison.Ordinal);
        Assert.DoesNotContain("sqs", document, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_is_still_to_be_published_gets_the_policies_of_the_defaults()
    {
        RegisterCopy();

        PowerShellResult result = _session.Run("Get-FanOutPolicy -PolicyType ExecutionRole");

        Assert.Contains("published", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            "ExecutionRole FanOut-fanout arn:aws:iam::123456789012:role/fanoutRole AssumeTargetRoles ReadMappings ReadStreams RememberProgress WriteLogs", Line(result.Only()));
        Assert.Equal(
            "ExecutionRole FanOut-next arn:aws:iam::123456789012:role/nextRole ReadMappings RememberProgress WriteLogs",
            Line(_session.Run("Get-FanOutPolicy -FunctionName next -PolicyType ExecutionRole -WarningAction Ignore").Only()));
    }

    [Fact]
    public void Rows_that_are_no_mappings_are_noted()
    {
        Publish();
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"broken"},"type":{"S":"sqs"},"destination":{"S":"no queue"},"active":{"BOOL":true}}""");

        Assert.All(
            new[] { "Get-FanOutPolicy -PolicyType ExecutionRole", "Get-FanOutTarget | Get-FanOutPolicy -PolicyType ExecutionRole" },
            script => Assert.Contains("'broken'", Assert.Single((string[])_session.Run(script).Property("Notes")!), StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_and_keys_of_the_function_count()
    {
        Publish(new LambdaFunctionConfiguration { Environment = new Dictionary<string, string> { ["FANOUT_METRICS"] = "CloudWatch", ["FANOUT_TABLE"] = "fanoutTargets" }, KmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/own" });

        PowerShellResult result = _session.Run("Get-FanOutPolicy -PolicyType ExecutionRole -KmsKeyArn arn:aws:kms:us-east-1:123456789012:key/data").ThrowIfFailed();

        Assert.EndsWith("DecryptVariables PublishMetrics ReadMappings RememberProgress UseKeys WriteLogs", Line(result.Only()), StringComparison.Ordinal);
        Assert.StartsWith("InvalidParameter,", _session.Run("Get-FanOutPolicy -KmsKeyArn alias/data").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_piped_function_gets_its_policies_once()
    {
        Publish();
        _session.Register("a", "-Enabled");

        Assert.Equal(2, _session.Run("Get-FanOutFunction | Get-FanOutPolicy").ThrowIfFailed().Output.Count);
    }

    [Fact]
    public void The_table_view_shows_kind_name_and_statements()
    {
        Publish();

        string text = $"{_session.Run("Get-FanOutPolicy | Out-String -Width 120").Only()}";

        Assert.Contains("Role: arn:aws:iam::123456789012:role/runner", text, StringComparison.Ordinal);
        Assert.Contains("ReadMappings, RememberProgress, WriteLogs", text, StringComparison.Ordinal);
    }

    private static string Line(PSObject policy) => string.Join(' ', new[] { "Kind", "Name", "RoleArn" }.Select(p => $"{policy.Properties[p].Value}")
        .Concat(LanguagePrimitives.GetEnumerable(policy.Properties["Statements"].Value).Cast<object>().Select(static s => $"{PSObject.AsPSObject(s).Properties["Sid"].Value}")));

    private void Publish(LambdaFunctionConfiguration? configuration = null) =>
        _session.Lambda.Add("fanout", new RecordingFunction(), (configuration ?? new LambdaFunctionConfiguration()) with { Role = "arn:aws:iam::123456789012:role/runner" });

    private void RegisterCopy() => _session.Run(
        $"Register-FanOutTarget kinesis copy -SourceArn {CloudSession.Orders} -Destination arn:aws:kinesis:us-east-1:210987654321:stream/copy -DestinationRoleArn {Writer} -ExternalId ext-1 -WarningAction Ignore").ThrowIfFailed();
}
