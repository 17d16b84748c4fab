using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.Tests.Sources;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>A function as the bash CLI of aws-lambda-fanout deploys it becomes one of ours.</summary>
public sealed class UpgradeTests : DeploymentTests
{
    private static readonly string[] Managed =
    [
        "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
    ];

    private static readonly string[] Upgrade =
    [
        "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive", "dynamodb:UpdateContinuousBackups", "iam:PutRolePolicy", "logs:CreateLogGroup",
        "lambda:PublishVersion", "lambda:TagResource", "lambda:UpdateFunctionConfiguration", "lambda:UpdateFunctionCode",
        "iam:DeleteRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy", "iam:DetachRolePolicy", "iam:DetachRolePolicy",
        "lambda:UpdateEventSourceMapping", "lambda:UpdateFunctionConfiguration", "lambda:UntagResource",
    ];

    [Fact]
    public async Task It_is_upgraded_in_place()
    {
        await DeployOriginalAsync("freshRole");
        string mapping = Session.Lambda.EventSourceMappings.Keys.Single();

        PowerShellResult upgraded = Run("Publish-FanOutFunction");

        Assert.Equal("fresh Active provided.al2023 arm64 192", Texts(upgraded.Only(), "FunctionName", "State", "Runtime", "Architecture", "MemorySize"));
        Assert.Equal(Upgrade, Session.Changes);
        Assert.Contains("The old code is version 1 of fresh.", Assert.Single(upgraded.Warnings), StringComparison.Ordinal);
        Assert.Equal(("bootstrap", "true"), (Deployed.Handler, Deployed.Environment["FANOUT_BATCH_ITEM_FAILURES"]));
        Assert.Equal(["fanout:function"], Session.Lambda.Find("fresh")!.Configuration.Tags.Keys);
        Assert.Equal([mapping], Session.Lambda.EventSourceMappings.Keys);
        Assert.Equal(["FanOut-fresh"], Session.Cloud.Iam.Find("freshRole")!.InlinePolicies.Keys);
        Assert.Empty(Session.Cloud.Iam.Find("freshRole")!.AttachedPolicies);
        Assert.Contains(CloudSession.Orders, Policy, StringComparison.Ordinal);

        Session.Forget();
        Run("Publish-FanOutFunction").Only();
        Assert.Empty(Session.Changes);
        Assert.Equal("nodejs20.x", (await ConfigurationAsync("1")).Runtime);
    }

    [Theory]
    [InlineData("TagResource")]
    [InlineData("UpdateFunctionCode")]
    [InlineData("DetachRolePolicy")]
    [InlineData("UpdateEventSourceMapping")]
    [InlineData("UntagResource")]
    public async Task An_upgrade_that_ended_half_way_is_taken_up_again(string operation)
    {
        await DeployOriginalAsync("freshRole");
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = operation, Code = "AccessDeniedException", Status = 403, Times = 1 });

        Run("Publish-FanOutFunction").Error();
        Run("Publish-FanOutFunction").Only();

        Assert.Equal(("provided.al2023", "arm64", "true"), (Deployed.Runtime, Deployed.Architecture, Deployed.Environment["FANOUT_BATCH_ITEM_FAILURES"]));
        Assert.Equal(["FanOut-fresh"], Session.Cloud.Iam.Find("freshRole")!.InlinePolicies.Keys);
        Assert.Empty(Session.Cloud.Iam.Find("freshRole")!.AttachedPolicies);
        Session.Forget();
        Run("Publish-FanOutFunction").Only();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public async Task A_role_of_another_name_keeps_its_policies()
    {
        await DeployOriginalAsync("several");

        PowerShellResult upgraded = Run("Publish-FanOutFunction");

        Assert.Equal(3, Session.Cloud.Iam.Find("several")!.AttachedPolicies.Count);
        Assert.Contains(upgraded.Warnings, static w => w.Contains("The role several keeps the policies", StringComparison.Ordinal));
        Assert.Contains("FanOut-fresh", Session.Cloud.Iam.Find("several")!.InlinePolicies.Keys);
    }

    [Fact]
    public async Task WhatIf_upgrades_nothing()
    {
        await DeployOriginalAsync("freshRole");

        Run("Publish-FanOutFunction -WhatIf").ThrowIfFailed();

        Assert.Empty(Session.Changes);
    }

    private async Task DeployOriginalAsync(string roleName)
    {
        Session.Cloud.Dynamo.CreateTable("freshTargets", "sourceArn", "id");
        using AwsSession caller = SourceTests.Open(Session.Cloud.Endpoint);
        var role = Session.Cloud.Iam.CreateRole(roleName, Trust);
        foreach (string policy in new[] { "Metrics", "PublishData", "ReadConfiguration" })
        {
            role.PutPolicy(policy, Theirs);
        }

        foreach (string policy in Managed)
        {
            await caller.Iam().AttachRolePolicyAsync(new() { RoleName = roleName, PolicyArn = policy }, TestContext.Current.CancellationToken);
        }

        await caller.Lambda().CreateFunctionAsync(
            new CreateFunctionRequest
            {
                FunctionName = "fresh",
                Runtime = "nodejs20.x",
                Handler = "fanout.handler",
                Role = role.Arn,
                MemorySize = 192,
                Code = new FunctionCode { ZipFile = await File.ReadAllBytesAsync(Package.Write(PackagePath + ".old", "node"), TestContext.Current.CancellationToken) },
            },
            TestContext.Current.CancellationToken);
        Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fresh", new() { StartingPosition = StartingPosition.Latest });
        Session.Forget();
    }

    private async Task<FunctionConfiguration> ConfigurationAsync(string version)
    {
        using AwsSession caller = SourceTests.Open(Session.Cloud.Endpoint);
        return await caller.Lambda().GetFunctionConfigurationAsync(new() { FunctionName = "fresh", Qualifier = version }, TestContext.Current.CancellationToken);
    }
}
