using System.Security.Cryptography;
using FanOut.EndToEnd.Cmdlets;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Deployment;

/// <summary>Each setting of Publish-FanOutFunction is changed at moto, and nothing else is.</summary>
public sealed class SettingTests(MotoServer moto, PublishingSession shared) : IClassFixture<PublishingSession>
{
    private const string Reports = "+ function.Configuration.Environment.Variables.FANOUT_BATCH_ITEM_FAILURES true";
    private const string Network = "-Subnet subnet-1, subnet-2 -SecurityGroup sg-1";
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Sid":"AllowLambda","Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":["sts:AssumeRole"]}]}""";

    // moto 5.2 keeps these when a function is made, if at all; FanOut.Tests has them on LocalCloud, which keeps them.
    private const string NoArchitecture = "moto's UpdateFunctionCode ignores Architectures.", NoKey = "moto keeps no KMSKeyArn of a function; only the role's policy could be read back.";

    [Theory]
    [InlineData("", "-MemorySize 256", null, "- function.Configuration.MemorySize 128", "+ function.Configuration.MemorySize 256")]
    [InlineData("", "-Timeout 00:01:30", null, "- function.Configuration.Timeout 30", "+ function.Configuration.Timeout 90")]
    [InlineData("", "-Runtime dotnet10", null, "- function.Configuration.Runtime provided.al2023", "+ function.Configuration.Runtime dotnet10")]
    [InlineData("", "-Architecture x86_64", NoArchitecture)]
    [InlineData("", "-PackagePath $other", null, "- function.Configuration.CodeSha256 $one", "+ function.Configuration.CodeSha256 $other")]
    [InlineData("", "-Environment @{ FANOUT_LOG_LEVEL = 'warn' }", null, "+ function.Configuration.Environment.Variables.FANOUT_LOG_LEVEL warn")]
    [InlineData("-Environment @{ OTHER = 1; FANOUT_LOG_LEVEL = 'warn' }", "-Environment @{ OTHER = $null }", null, "- function.Configuration.Environment.Variables.OTHER 1")]
    [InlineData("", "-Metrics emf", null, "+ function.Configuration.Environment.Variables.FANOUT_METRICS emf")]
    [InlineData("", "-Metrics cloudwatch", null, "+ function.Configuration.Environment.Variables.FANOUT_METRICS cloudwatch", "+ $fRole FanOut-$f cloudwatch:PutMetricData *")]
    [InlineData("", "-Tag @{ team = 'data' }", null, "+ function.Tags.team data", "+ logs.tags.team data", "+ $fRole tag team=data", "+ $fTargets tag team=data")]
    [InlineData("", "-KmsKeyArn arn:aws:kms:us-east-1:123456789012:key/1", NoKey, "+ $fRole FanOut-$f kms:Decrypt arn:aws:kms:us-east-1:123456789012:key/1")]
    [InlineData("", "-LogRetentionDays 14", null, "- logs retention ", "+ logs retention 14")]
    [InlineData("", "-ReservedConcurrency 3", null, "+ function.Concurrency.ReservedConcurrentExecutions 3")]
    [InlineData("-ReservedConcurrency 3", "-ReservedConcurrency -1", null, "- function.Concurrency.ReservedConcurrentExecutions 3")]
    [InlineData("", "-PublishVersion", null, Reports, "+ version 1")]
    [InlineData("", "-Alias live", null, "+ alias live 1", Reports, "+ version 1")]
    [InlineData("-Alias live", "-MemorySize 256 -Alias live", null, "- alias live 1", "- function.Configuration.MemorySize 128", "+ alias live 2", "+ function.Configuration.MemorySize 256", "+ version 2")]
    [InlineData(
        "", Network, null,
        "+ function.Configuration.VpcConfig.SecurityGroupIds sg-1", "+ function.Configuration.VpcConfig.SubnetIds subnet-1", "+ function.Configuration.VpcConfig.SubnetIds subnet-2",
        "+ function.Configuration.VpcConfig.VpcId vpc-123abc", "+ $fRole FanOut-$f ec2:AssignPrivateIpAddresses arn:aws:ec2:us-east-1:123456789012:*/*",
        "+ $fRole FanOut-$f ec2:CreateNetworkInterface arn:aws:ec2:us-east-1:123456789012:*/*", "+ $fRole FanOut-$f ec2:DeleteNetworkInterface arn:aws:ec2:us-east-1:123456789012:*/*",
        "+ $fRole FanOut-$f ec2:DescribeNetworkInterfaces *", "+ $fRole FanOut-$f ec2:DescribeSubnets *", "+ $fRole FanOut-$f ec2:UnassignPrivateIpAddresses arn:aws:ec2:us-east-1:123456789012:*/*")]
    [InlineData(
        "", "-Role $f-other", null,
        "- function.Configuration.Role arn:aws:iam::123456789012:role/$fRole", "+ function.Configuration.Role arn:aws:iam::123456789012:role/$f-other", "+ $f-other FanOut-$f dynamodb:DeleteItem arn:aws:dynamodb:us-east-1:123456789012:table/$fTargets", "+ $f-other FanOut-$f dynamodb:PutItem arn:aws:dynamodb:us-east-1:123456789012:table/$fTargets", "+ $f-other FanOut-$f dynamodb:Query arn:aws:dynamodb:us-east-1:123456789012:table/$fTargets",
        "+ $f-other FanOut-$f logs:CreateLogStream arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/$f:*",
        "+ $f-other FanOut-$f logs:PutLogEvents arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/$f:*", "+ $f-other tag fanout:function=$f", "+ $f-other trust " + Trust)]
    [InlineData("", "-Role arn:aws:iam::123456789012:role/theirs", null, "- function.Configuration.Role arn:aws:iam::123456789012:role/$fRole", "+ function.Configuration.Role arn:aws:iam::123456789012:role/theirs")]
    [InlineData(
        "", "-TableName $f-other", null,
        "- function.Configuration.Environment.Variables.FANOUT_TABLE $fTargets", "- $fRole FanOut-$f dynamodb:DeleteItem arn:aws:dynamodb:us-east-1:123456789012:table/$fTargets", "- $fRole FanOut-$f dynamodb:PutItem arn:aws:dynamodb:us-east-1:123456789012:table/$fTargets", "- $fRole FanOut-$f dynamodb:Query arn:aws:dynamodb:us-east-1:123456789012:table/$fTargets",
        "+ function.Configuration.Environment.Variables.FANOUT_TABLE $f-other", "+ $f-other point-in-time recovery ENABLED", "+ $f-other tag fanout:function=$f", "+ $f-other.BillingModeSummary.BillingMode PAY_PER_REQUEST",
        "+ $f-other.DeletionProtectionEnabled true",
        "+ $f-other.TimeToLiveDescription.AttributeName expires", "+ $f-other.TimeToLiveDescription.TimeToLiveStatus ENABLED",
        "+ $fRole FanOut-$f dynamodb:DeleteItem arn:aws:dynamodb:us-east-1:123456789012:table/$f-other", "+ $fRole FanOut-$f dynamodb:PutItem arn:aws:dynamodb:us-east-1:123456789012:table/$f-other", "+ $fRole FanOut-$f dynamodb:Query arn:aws:dynamodb:us-east-1:123456789012:table/$f-other")]
    public async Task A_setting_is_changed_and_read_back_and_no_other(string given, string setting, string? isNotHeld, params string[] changes)
    {
        string name = $"setting-{Guid.NewGuid():N}"[..16];
        MotoSession session = await shared.StartAsync(moto);
        session.Run($"$f = '{name}'; $PSDefaultParameterValues['*-FanOut*:FunctionName'] = $f; Publish-FanOutFunction {given} | Out-Null").ThrowIfFailed();
        DeployedState before = await DeployedState.ReadAsync(session, name);

        if (setting.StartsWith("-Tag", StringComparison.Ordinal))
        {
            // moto's DynamoDB answers TagResource with "{}" where AWS answers nothing, so AWSSDK finds that the checksum is wrong. The table is tagged;
            // the second run goes on where the first ended.
            Assert.Contains("CRC", session.Run($"Publish-FanOutFunction {setting}").Error().Exception.Message, StringComparison.Ordinal);
        }

        session.Run($"Publish-FanOutFunction {setting}").ThrowIfFailed();

        DeployedState after = await DeployedState.ReadAsync(session, name);
        string read = string.Join('\n', after.Since(before)).Replace(name, "$f", StringComparison.Ordinal)
            .Replace(Sha256(shared.One), "$one", StringComparison.Ordinal).Replace(Sha256(shared.Other), "$other", StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', changes), read);
        Assert.SkipWhen(isNotHeld is not null, isNotHeld ?? "");
    }

    private static string Sha256(string file) => Convert.ToBase64String(SHA256.HashData(File.ReadAllBytes(file)));
}
