using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Lambda;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Deployment;

public sealed class RemoveFanOutFunctionTests : DeploymentTests
{
    private const string All = "Remove-FanOutFunction -IncludeLogs -IncludeTable -Confirm:$false";

    [Fact]
    public void Who_calls_goes_first_then_what_was_made_for_the_function_and_the_function_last()
    {
        Publish();
        Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();
        Session.Forget();

        PowerShellResult removed = Run("Remove-FanOutFunction -Confirm:$false").ThrowIfFailed();

        Assert.Equal(["lambda:DeleteEventSourceMapping", "iam:DeleteRolePolicy", "iam:DeleteRole", "lambda:DeleteFunction"], Session.Changes);
        Assert.Equal(
            "These are left: log group /aws/lambda/fresh (-IncludeLogs deletes it); table freshTargets with 0 rows (-IncludeTable deletes it).", Assert.Single(removed.Warnings));
        Assert.Empty(Session.Lambda.EventSourceMappings);
        Assert.Null(Session.Cloud.Iam.Find("freshRole"));
        Assert.NotNull(Session.Cloud.Dynamo.Find("freshTargets"));
    }

    [Fact]
    public void Logs_and_table_go_when_that_is_said_and_a_second_run_does_nothing()
    {
        Publish();
        Session.Forget();

        Assert.Empty(Run(All).ThrowIfFailed().Warnings);

        Assert.Equal(["iam:DeleteRolePolicy", "iam:DeleteRole", "logs:DeleteLogGroup", "dynamodb:UpdateTable", "dynamodb:DeleteTable", "lambda:DeleteFunction"], Session.Changes);
        Session.Forget();
        Assert.Empty(Run(All).ThrowIfFailed().Warnings);
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void The_functions_name_may_come_first()
    {
        Run("Publish-FanOutFunction other -SkipTest").ThrowIfFailed();
        Assert.Equal("other", Run("Get-FanOutFunction oth*").Property("FunctionName"));

        Run("Remove-FanOutFunction other -Confirm:$false -WarningAction Ignore").ThrowIfFailed();

        Assert.Contains("lambda:DeleteFunction", Session.Changes);
        Assert.Empty(Run("Get-FanOutFunction oth*").ThrowIfFailed().Output);
    }

    [Theory]
    [InlineData("DeleteRole", 5)]
    [InlineData("DeleteTable", 2)]
    [InlineData("DeleteFunction", 1)]
    public void After_a_failure_half_way_it_goes_on_where_it_ended(string operation, int left)
    {
        // Names that nobody could guess, once the function is gone.
        Run("Publish-FanOutFunction -Role shippingRole -TableName shipping").ThrowIfFailed();
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = operation, Code = "AccessDeniedException", Status = 403, Times = 1 });

        Run(All).Error();
        Session.Forget();
        Assert.Empty(Run(All).ThrowIfFailed().Warnings);

        Assert.Equal(left, Session.Changes.Count);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Subnet subnet-1 -SecurityGroup sg-1")]
    public void A_second_run_removes_what_the_first_one_left_as_it_said(string parameters)
    {
        Run($"Publish-FanOutFunction -Role shippingRole -TableName shipping {parameters}").ThrowIfFailed();

        string left = Assert.Single(Run("Remove-FanOutFunction -Confirm:$false").ThrowIfFailed().Warnings);

        Assert.Null(Session.Lambda.Find("fresh"));
        Assert.Contains("table shipping with 0 rows (-TableName shipping -IncludeTable deletes it)", left, StringComparison.Ordinal);
        Assert.Equal(parameters.Length > 0, left.Contains("role shippingRole", StringComparison.Ordinal));
        Assert.Empty(Run($"{All} -TableName shipping").ThrowIfFailed().Warnings);
        AssertNothingIsLeft();
        Assert.Contains("There is nothing to remove of a function fresh in us-east-1.", Run($"{All} -TableName shipping -Verbose").ThrowIfFailed().Verbose);
    }

    [Fact]
    public void A_role_of_a_function_of_the_same_name_in_another_region_is_not_taken_for_its_own()
    {
        Run("Publish-FanOutFunction -Role here; Publish-FanOutFunction -Role there -Region eu-west-1").ThrowIfFailed();

        Run(All).ThrowIfFailed();

        Assert.Equal(["there"], Session.Cloud.Iam.Roles.Select(static r => r.Name));
        Assert.NotEmpty(Session.Cloud.Iam.Find("there")!.InlinePolicies);
    }

    [Fact]
    public void Who_may_not_list_roles_is_told_that_one_may_be_left()
    {
        Run("Publish-FanOutFunction -Role shippingRole -Subnet subnet-1 -SecurityGroup sg-1").ThrowIfFailed();
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "ListRoles" });
        Run(All).ThrowIfFailed();

        Assert.StartsWith("These are left: any role that was made for the function and is not called freshRole", Assert.Single(Run(All).ThrowIfFailed().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_group_of_another_name_is_named_with_what_deletes_it()
    {
        Publish();
        using var lambda = new AmazonLambdaClient(
            new BasicAWSCredentials("a", "b"), new AwsClientConfig(AmazonLambdaClient.Service, "us-east-1", Session.Cloud.Endpoint));
        await lambda.UpdateFunctionConfigurationAsync(
            new UpdateFunctionConfigurationRequest { FunctionName = "fresh", LoggingConfig = new LoggingConfig { LogGroup = "/own" } }, TestContext.Current.CancellationToken);
        Publish();

        Assert.Contains(
            "log group /own (aws logs delete-log-group --log-group-name /own --region us-east-1 deletes it)",
            Assert.Single(Run("Remove-FanOutFunction -Confirm:$false").ThrowIfFailed().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_role_of_a_function_in_a_VPC_stays_until_Lambda_has_deleted_the_network_interfaces()
    {
        Run("Publish-FanOutFunction -Subnet subnet-1 -SecurityGroup sg-1").ThrowIfFailed();
        Session.Forget();

        PowerShellResult removed = Run(All).ThrowIfFailed();
        Assert.StartsWith("These are left: role freshRole, with which Lambda now deletes the function's network interfaces", Assert.Single(removed.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(Session.Changes, static c => c.StartsWith("iam:", StringComparison.Ordinal));
        Session.Forget();

        Assert.Empty(Run(All).ThrowIfFailed().Warnings);
        Assert.Equal(["iam:DeleteRolePolicy", "iam:DeleteRole"], Session.Changes);
    }

    [Fact]
    public void A_function_of_the_same_name_in_another_region_keeps_its_role_and_its_policy()
    {
        Publish();
        string policy = Policy;

        Assert.StartsWith("RoleOfAnotherRegion,", Run("Publish-FanOutFunction -Region eu-west-1").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Session.Forget();
        PowerShellResult removed = Run("Remove-FanOutFunction -Region eu-west-1 -Confirm:$false").ThrowIfFailed();

        Assert.DoesNotContain(Session.Changes, static c => c.StartsWith("iam:", StringComparison.Ordinal));
        Assert.Contains("role freshRole and its policies (they are of the function fresh in us-east-1)", Assert.Single(removed.Warnings), StringComparison.Ordinal);
        Assert.Equal(policy, Policy);
    }

    [Fact]
    public void A_role_of_others_only_loses_the_functions_policy()
    {
        Session.Cloud.Iam.CreateRole("shared", Trust).PutPolicy("theirs", Theirs);
        Run("Publish-FanOutFunction -Role shared").ThrowIfFailed();

        PowerShellResult removed = Run(All).ThrowIfFailed();

        Assert.Equal(["theirs"], Session.Cloud.Iam.Find("shared")!.InlinePolicies.Keys);
        Assert.Contains("role shared (it was not made for the function)", Assert.Single(removed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_made_before_the_function_got_another_role_and_table_is_not_forgotten()
    {
        Publish();
        Run("Publish-FanOutFunction -Role another -TableName other").ThrowIfFailed();

        PowerShellResult removed = Run(All).ThrowIfFailed();

        Assert.Equal("These are left: table freshTargets, which is not the one that it reads (-TableName freshTargets -IncludeTable deletes it).", Assert.Single(removed.Warnings));
        Assert.Empty(Session.Cloud.Iam.Roles);
        Assert.Null(Session.Cloud.Dynamo.Find("other"));
        Assert.Empty(Run($"{All} -TableName freshTargets").ThrowIfFailed().Warnings);
        Assert.Null(Session.Cloud.Dynamo.Find("freshTargets"));
    }

    [Fact]
    public void A_misspelt_function_is_told()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Session.Forget();

        Assert.Equal("There is nothing to remove of a function frehs in us-east-1. Is 'fresh' meant?", Assert.Single(Run("Remove-FanOutFunction frehs -Confirm:$false").ThrowIfFailed().Warnings));
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void WhatIf_removes_nothing()
    {
        Publish();
        Session.Forget();

        Run("Remove-FanOutFunction -IncludeLogs -IncludeTable -WhatIf").ThrowIfFailed();

        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void Somebody_elses_function_is_removed_by_force_only()
    {
        Session.Lambda.Add("fresh", new RecordingFunction());

        Assert.StartsWith("FunctionNotFanOut,", Run("Remove-FanOutFunction -Confirm:$false").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotNull(Session.Lambda.Find("fresh"));
        Run("Remove-FanOutFunction -Force -Confirm:$false").ThrowIfFailed();
        Assert.Null(Session.Lambda.Find("fresh"));
    }

    private void AssertNothingIsLeft()
    {
        Assert.Null(Session.Lambda.Find("fresh"));
        Assert.Empty(Session.Cloud.Iam.Roles);
        Assert.Empty(Session.Cloud.Logs.LogGroups);
        Assert.Null(Session.Cloud.Dynamo.Find("shipping"));
    }

    private void Publish() => Run("Publish-FanOutFunction").ThrowIfFailed();
}
