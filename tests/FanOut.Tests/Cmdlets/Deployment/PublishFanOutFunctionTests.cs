using System.Management.Automation;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Deployment;

public sealed class PublishFanOutFunctionTests : DeploymentTests
{
    private static readonly string[] Fresh =
    [
        "dynamodb:CreateTable", "dynamodb:UpdateTimeToLive", "dynamodb:UpdateContinuousBackups", "iam:CreateRole", "iam:PutRolePolicy", "logs:CreateLogGroup", "lambda:CreateFunction",
    ];

    [Fact]
    public void From_nothing_all_is_made()
    {
        PSObject function = Run("Publish-FanOutFunction").Only();

        Assert.Equal(Fresh, Session.Changes);
        Assert.Equal(
            "fresh Active provided.al2023 arm64 128 00:00:30 arn:aws:iam::123456789012:role/freshRole freshTargets us-east-1",
            Texts(function, "FunctionName", "State", "Runtime", "Architecture", "MemorySize", "Timeout", "Role", "TableName", "Region"));
        var table = Session.Cloud.Dynamo.Find("freshTargets")!;
        Assert.Equal(("expires", true, true, "fresh"), (table.TimeToLiveAttribute, table.IsProtected, table.IsRecoverable, table.Tags["fanout:function"]));
        Assert.Equal("bootstrap", Deployed.Handler);
        Assert.Equal("FANOUT_TABLE freshTargets", string.Join(' ', Deployed.Environment.Select(static v => $"{v.Key} {v.Value}")));
        Assert.Equal("fresh", Deployed.Tags["fanout:function"]);
        Assert.Equal(["/aws/lambda/fresh"], Session.Cloud.Logs.LogGroups.Select(static g => g.Name));
        Assert.Equal(["FanOut-fresh"], Session.Cloud.Iam.Find("freshRole")!.InlinePolicies.Keys);
    }

    [Fact]
    public void The_role_may_do_what_Get_FanOutPolicy_shows()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();

        string shown = $"{Run("(Get-FanOutPolicy -PolicyType ExecutionRole).Document").Only()}";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(shown), JsonNode.Parse(Policy)), Policy);
        Assert.Contains("table/freshTargets", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_changes_nothing()
    {
        Run("Publish-FanOutFunction -MemorySize 256 -Timeout 60 -Tag @{ team = 'data' } -LogRetentionDays 30 -Metrics emf -ReservedConcurrency 5 -Alias live -Subnet 'subnet-1,subnet-2' -SecurityGroup sg-1 -Environment @{ LEVEL = 1 }").ThrowIfFailed();
        Session.Forget();

        Run("Publish-FanOutFunction -MemorySize 256 -Timeout 60 -Tag @{ team = 'data' } -LogRetentionDays 30 -Metrics emf -ReservedConcurrency 5 -Alias live -Subnet subnet-2, subnet-1 -SecurityGroup sg-1 -Environment @{ LEVEL = 1 }").Only();
        Run("Publish-FanOutFunction").Only();

        Assert.Empty(Session.Changes);
    }

    [Theory]
    [InlineData("-MemorySize 512", "lambda:UpdateFunctionConfiguration")]
    [InlineData("-Timeout 00:01:00", "lambda:UpdateFunctionConfiguration")]
    [InlineData("-Architecture x86_64", "lambda:UpdateFunctionCode")]
    [InlineData("-Runtime dotnet10", "lambda:UpdateFunctionConfiguration")]
    [InlineData("-Environment @{ FANOUT_LOG_LEVEL = 'debug' }", "lambda:UpdateFunctionConfiguration")]
    [InlineData("-Metrics none", "lambda:UpdateFunctionConfiguration")]
    [InlineData("-Metrics cloudwatch", "iam:PutRolePolicy lambda:UpdateFunctionConfiguration")]
    [InlineData("-Tag @{ team = 'data' }", "dynamodb:TagResource iam:TagRole logs:TagResource lambda:TagResource")]
    [InlineData("-LogRetentionDays 14", "logs:PutRetentionPolicy")]
    [InlineData("-ReservedConcurrency 3", "lambda:PutFunctionConcurrency")]
    [InlineData("-KmsKeyArn arn:aws:kms:us-east-1:123456789012:key/1", "iam:PutRolePolicy lambda:UpdateFunctionConfiguration")]
    [InlineData("-Subnet subnet-1 -SecurityGroup sg-1", "iam:PutRolePolicy lambda:UpdateFunctionConfiguration")]
    [InlineData("-PublishVersion", "lambda:UpdateFunctionConfiguration lambda:PublishVersion")]
    [InlineData("-Alias live", "lambda:UpdateFunctionConfiguration lambda:PublishVersion lambda:CreateAlias")]
    [InlineData("-TableName other", "dynamodb:CreateTable dynamodb:UpdateTimeToLive dynamodb:UpdateContinuousBackups iam:PutRolePolicy lambda:UpdateFunctionConfiguration iam:PutRolePolicy")]
    [InlineData("-Role otherRole", "iam:CreateRole iam:PutRolePolicy lambda:UpdateFunctionConfiguration")]
    public void A_setting_is_changed_and_no_other(string setting, string changes)
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Session.Forget();

        Run($"Publish-FanOutFunction {setting}").Only();
        Assert.Equal(changes, string.Join(' ', Session.Changes));

        Session.Forget();
        Run($"Publish-FanOutFunction {setting}").Only();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void WhatIf_shows_every_change_and_makes_none()
    {
        PowerShellResult shown = Run("Publish-FanOutFunction -ReservedConcurrency 2 -Alias live -LogRetentionDays 7 -WhatIf").ThrowIfFailed();

        Assert.Empty(Session.Changes);
        Assert.Empty(shown.Output);
        Session.Forget();
        Run("Publish-FanOutFunction -ReservedConcurrency 2 -Alias live -LogRetentionDays 7").ThrowIfFailed();
        Assert.Equal(11, Session.Changes.Count);

        Session.Forget();
        Run("Publish-FanOutFunction -Environment @{ TOKEN = 'TOP-SECRET-VALUE' } -WhatIf -Verbose").ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_value_of_a_variable_is_not_shown()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();

        PowerShellResult set = Run("Publish-FanOutFunction -Environment @{ TOKEN = 'TOP-SECRET-VALUE' } -Verbose").ThrowIfFailed();
        Assert.Equal("TOP-SECRET-VALUE", Deployed.Environment["TOKEN"]);
        Assert.DoesNotContain("TOP-SECRET-VALUE", set.AllText, StringComparison.Ordinal);
        Assert.Contains(set.Verbose, static v => v.Contains("variables TOKEN", StringComparison.Ordinal));

        Run("Publish-FanOutFunction -Environment @{ TOKEN = $null }").ThrowIfFailed();
        Assert.Equal(["FANOUT_TABLE"], Deployed.Environment.Keys);
    }

    [Theory]
    [InlineData("CreateTable")]
    [InlineData("UpdateContinuousBackups")]
    [InlineData("PutRolePolicy")]
    [InlineData("CreateLogGroup")]
    [InlineData("CreateFunction")]
    public void After_a_failure_half_way_it_goes_on_where_it_ended(string operation)
    {
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = operation, Code = "AccessDeniedException", Status = 403, Times = 1 });

        Assert.Equal("AccessDenied", Run("Publish-FanOutFunction").Error().FullyQualifiedErrorId.Split(',')[0]);
        Session.Forget();
        Run("Publish-FanOutFunction").Only();

        Assert.Equal(Fresh[Array.FindIndex(Fresh, f => f.EndsWith(operation, StringComparison.Ordinal))..], Session.Changes);
    }

    [Fact]
    public void What_the_function_needs_as_it_is_stays_allowed_until_it_is_changed()
    {
        Run("Publish-FanOutFunction -Metrics cloudwatch").ThrowIfFailed();
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "UpdateFunctionConfiguration", Code = "AccessDeniedException", Status = 403, Times = 1 });

        Run("Publish-FanOutFunction -TableName other -Metrics none").Error();

        Assert.Contains("table/freshTargets", Policy, StringComparison.Ordinal);
        Assert.Contains("table/other", Policy, StringComparison.Ordinal);
        Assert.Contains("cloudwatch:PutMetricData", Policy, StringComparison.Ordinal);
        Run("Publish-FanOutFunction -TableName other -Metrics none").Only();
        Assert.DoesNotContain("table/freshTargets", Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("cloudwatch:PutMetricData", Policy, StringComparison.Ordinal);
        Session.Forget();
        Run("Publish-FanOutFunction").Only();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void New_code_is_deployed()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        string before = $"{Run("Get-FanOutFunction").Property("CodeSha256")}";
        Package.Write(PackagePath, "another");
        Session.Forget();

        Assert.NotEqual(before, Run("Publish-FanOutFunction").Property("CodeSha256"));
        Assert.Equal(["lambda:UpdateFunctionCode"], Session.Changes);
    }

    [Fact]
    public void A_role_given_by_its_ARN_is_taken_as_it_is()
    {
        Session.Cloud.Iam.CreateRole("given", Trust);
        Session.Forget();

        Run("Publish-FanOutFunction -Role arn:aws:iam::123456789012:role/given").Only();

        Assert.DoesNotContain(Session.Calls, static c => c.StartsWith("iam:", StringComparison.Ordinal) || c.StartsWith("sts:", StringComparison.Ordinal));
        Assert.Empty(Session.Cloud.Iam.Find("given")!.InlinePolicies);
    }

    [Fact]
    public void A_role_that_others_made_keeps_its_policies()
    {
        Session.Cloud.Iam.CreateRole("shared", Trust).PutPolicy("theirs", Theirs);

        Run("Publish-FanOutFunction -Role shared -Tag @{ team = 'data' }").Only();

        Assert.Equal(["FanOut-fresh", "theirs"], Session.Cloud.Iam.Find("shared")!.InlinePolicies.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Session.Cloud.Iam.Find("shared")!.Tags);
    }

    [Fact]
    public void SkipPolicy_leaves_the_policies_alone()
    {
        Run("Publish-FanOutFunction -SkipPolicy").Only();

        Assert.Empty(Session.Cloud.Iam.Find("freshRole")!.InlinePolicies);
    }

    [Fact]
    public void A_function_whose_role_cannot_be_read_is_changed_with_a_warning()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "GetRole", Code = "AccessDenied", Status = 403 });

        PowerShellResult changed = Run("Publish-FanOutFunction -MemorySize 256");

        Assert.Equal(256, changed.Property("MemorySize"));
        Assert.Contains("The role freshRole was left alone", Assert.Single(changed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_elses_function_is_refused()
    {
        Session.Lambda.Add("fresh", new RecordingFunction(), new() { Runtime = "python3.13", Handler = "app.handler" });

        ErrorRecord error = Run("Publish-FanOutFunction").Error();

        Assert.StartsWith("FunctionNotFanOut,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
    }

    [Theory]
    [InlineData("-Subnet subnet-1", "-SecurityGroup is missing")]
    [InlineData("-SecurityGroup sg-1", "-Subnet is missing")]
    [InlineData("-MemorySize 64", "128 to 10240")]
    [InlineData("-MemorySize 64", "-MemorySize is 64; 128 to 10240 are allowed.")]
    [InlineData("-Timeout 1000", "1 to 900")]
    [InlineData("-Role arn:aws:iam::123456789012:user/me", "is not the name or ARN of a role")]
    [InlineData("-KmsKeyArn alias/mine", "is not the ARN of a key")]
    [InlineData("-Environment @{ FANOUT_TABLE = 'x' }", "-TableName")]
    [InlineData("-Environment @{ FANOUT_LOG_LEVEL = 'verbose' }", "FANOUT_LOG_LEVEL is 'verbose'; allowed are info, debug, warn, error.")]
    [InlineData("-Environment @{ FANOUT_PARALLEL_TARGETS = 65 }", "FANOUT_PARALLEL_TARGETS is '65'; a whole number from 1 to 64 is allowed.")]
    [InlineData("-Environment @{ FANOUT_PROGRESS = 'never' } -WhatIf", "FANOUT_PROGRESS is 'never'; allowed are true, always, false.")]
    [InlineData("-Environment @{ FANOUT_LOGLEVEL = 'debug' }", "FANOUT_LOGLEVEL, which the function does not read; the nearest that it reads is FANOUT_LOG_LEVEL.")]
    [InlineData("-Environment @{ fanout_refresh_seconds = 5 }", "fanout_refresh_seconds, which the function does not read; the nearest that it reads is FANOUT_REFRESH_SECONDS.")]
    [InlineData("-Runtime nodejs22.x", "'nodejs22.x' does not run fan-out functions: provided.al2023 and dotnet10 do.")]
    [InlineData("-FunctionName fanout:live", "alias or version")]
    public void What_makes_no_sense_is_refused_before_any_call(string setting, string problem)
    {
        ErrorRecord error = Run($"Publish-FanOutFunction {setting}").Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(problem, $"{error.Exception.Message}", StringComparison.Ordinal);
        Assert.Empty(Session.Calls);
    }

    [Fact]
    public void A_variable_with_which_the_function_cannot_start_is_told_wherever_it_comes_from()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        ((IDictionary<string, string>)Deployed.Environment)["FANOUT_LOG_LEVEL"] = "verbose";
        Session.Forget();

        ErrorRecord error = Run("Publish-FanOutFunction -MemorySize 256").Error();

        Assert.StartsWith("VariablesInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("FANOUT_LOG_LEVEL is 'verbose'", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
        Assert.Contains(
            "FANOUT_LOG_LEVEL is 'verbose'; allowed are info, debug, warn, error.", $"{Run("(Get-FanOutFunction).Problems[0]").Only()}", StringComparison.Ordinal);
        Run("Publish-FanOutFunction -Environment @{ FANOUT_LOG_LEVEL = 'WARN' }").ThrowIfFailed();
        Assert.Equal("WARN", Deployed.Environment["FANOUT_LOG_LEVEL"]);
    }

    [Fact]
    public void A_variable_that_the_function_does_not_read_can_be_removed()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        ((IDictionary<string, string>)Deployed.Environment)["FANOUT_LOGLEVEL"] = "debug";

        Run("Publish-FanOutFunction -Environment @{ FANOUT_LOGLEVEL = $null }").ThrowIfFailed();

        Assert.Equal(["FANOUT_TABLE"], Deployed.Environment.Keys);
    }

    [Fact]
    public void A_package_that_is_not_there_is_told_before_anything_is_made()
    {
        Assert.StartsWith("PackageNotFound,", Run("Publish-FanOutFunction -PackagePath absent.zip").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_package_that_the_module_does_not_hold_is_told_with_where_to_get_it()
    {
        ErrorRecord error = Run("Publish-FanOutFunction -PackagePath '' -Runtime dotnet11").Error();

        Assert.StartsWith("PackageNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"The module in {Checkout.Root} holds no package fanout-dotnet11.zip of the function, ", $"{error}", StringComparison.Ordinal);
        Assert.Contains("'Install-PSResource FanOut'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("'./build.ps1 -Task Publish'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
    }
}
