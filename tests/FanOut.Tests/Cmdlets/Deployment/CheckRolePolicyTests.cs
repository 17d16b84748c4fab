using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>The policy of a function that was published follows its targets and sources.</summary>
public sealed class CheckRolePolicyTests : DeploymentTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:archive";
    private const string Register = $"Register-FanOutTarget sqs t1 {Queue} -SourceArn {CloudSession.Orders} -WarningAction Ignore";

    // Lambda refuses a source that the role may not read.
    public CheckRolePolicyTests()
        : base(enforcePolicies: true)
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Session.Forget();
    }

    [Fact]
    public void Targets_and_sources_come_and_go()
    {
        Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();
        Assert.Contains(CloudSession.Orders, Policy, StringComparison.Ordinal);
        Assert.Equal("iam:PutRolePolicy", Session.Changes[0]);

        Run(Register).ThrowIfFailed();
        Assert.Contains(Queue, Policy, StringComparison.Ordinal);
        Run("Set-FanOutTarget -Id t1 -SourceArn $s -DestinationRoleArn arn:aws:iam::210987654321:role/writer".Replace("$s", CloudSession.Orders, StringComparison.Ordinal)).ThrowIfFailed();
        Assert.DoesNotContain(Queue, Policy, StringComparison.Ordinal);
        Assert.Contains("arn:aws:iam::210987654321:role/writer", Policy, StringComparison.Ordinal);

        Run("Get-FanOutTarget | Set-FanOutTarget -DeadLetter s3://letters/orders").ThrowIfFailed();
        Assert.Contains("arn:aws:s3:::letters/orders/*", Policy, StringComparison.Ordinal);
        Run("Get-FanOutTarget | Set-FanOutTarget -OnFailure block").ThrowIfFailed();
        Assert.DoesNotContain("s3:PutObject", Policy, StringComparison.Ordinal);

        Session.Forget();
        Run("Publish-FanOutFunction").Only();
        Assert.Empty(Session.Changes);

        Run("Get-FanOutTarget | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();
        Run($"Disconnect-FanOutSource -SourceArn {CloudSession.Orders} -Confirm:$false").ThrowIfFailed();
        Assert.DoesNotContain("210987654321", Policy, StringComparison.Ordinal);
        Assert.DoesNotContain(CloudSession.Orders, Policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-TableName freshTargets", true)]
    [InlineData("-TableName other", false)]
    [InlineData("-TableName arn:aws:dynamodb:us-east-1:123456789012:table/other", false)]
    public void A_target_in_a_table_that_the_function_does_not_read_is_told(string table, bool isTold)
    {
        Run("Publish-FanOutFunction -TableName other").ThrowIfFailed();

        foreach (string change in new[] { $"{Register} -WarningAction Continue", $"Set-FanOutTarget t1 -SourceArn {CloudSession.Orders} -DeadLetter s3://letters/x", $"Unregister-FanOutTarget t1 -SourceArn {CloudSession.Orders} -Confirm:$false" })
        {
            IEnumerable<string> told = Run($"{change.Replace(" -WarningAction Ignore", "", StringComparison.Ordinal)} {table}").ThrowIfFailed().Warnings.Where(static w => w.StartsWith("The function fresh reads", StringComparison.Ordinal));
            Assert.Equal(isTold ? ["The function fresh reads its targets from the table other, not from freshTargets, which was changed: give -TableName other."] : [], told);
        }
    }

    [Fact]
    public void A_function_in_a_VPC_may_make_its_network_interfaces()
    {
        Assert.Equal("Active", Run("Publish-FanOutFunction -Subnet subnet-1 -SecurityGroup sg-1").Property("State"));
        Assert.Contains("ec2:CreateNetworkInterface", Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_targets_cost_one_change()
    {
        Run($"1..20 | ForEach-Object {{ [pscustomobject]@{{ Id = \"t$_\"; Type = 'sqs'; Destination = '{Queue}'; SourceArn = '{CloudSession.Orders}' }} }} | Register-FanOutTarget -WarningAction Ignore").ThrowIfFailed();

        Assert.Single(Session.Changes, "iam:PutRolePolicy");

        // The table is read before the policy is put, and once after it, for targets that came meanwhile.
        Assert.Equal(2, Session.Calls.Count(static c => c == "dynamodb:Scan"));
    }

    [Fact]
    public void What_changes_no_permission_calls_nothing_of_IAM()
    {
        Run(Register).ThrowIfFailed();
        Session.Forget();

        Run($"Enable-FanOutTarget -Id t1 -SourceArn {CloudSession.Orders}; Set-FanOutTarget -Id t1 -SourceArn {CloudSession.Orders} -Parallel:$false; {Register.Replace(" t1 ", " t2 ", StringComparison.Ordinal)} -WhatIf").ThrowIfFailed();

        Assert.DoesNotContain(Session.Calls, static c => c.StartsWith("iam:", StringComparison.Ordinal));
    }

    [Fact]
    public void SkipPolicy_says_what_is_missing()
    {
        PowerShellResult registered = Run($"{Register.Replace("-WarningAction Ignore", "", StringComparison.Ordinal)} -SkipPolicy");

        Assert.Equal("t1", registered.Property("Id"));
        Assert.Equal(["dynamodb:PutItem"], Session.Changes);
        string warning = registered.Warnings.First(static w => w.Contains("FanOut-fresh", StringComparison.Ordinal));
        Assert.Contains("was left alone", warning, StringComparison.Ordinal);
        Assert.Contains(Queue, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("logs:PutLogEvents", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PutRolePolicy", "could not be changed as access key AKIATESTSOFFANOUT000")]
    [InlineData("GetRolePolicy", "could not be found out as access key AKIATESTSOFFANOUT000")]
    [InlineData("GetFunctionConfiguration", "could not be found out as access key AKIATESTSOFFANOUT000")]
    [InlineData("ListEventSourceMappings", "could not be found out as access key AKIATESTSOFFANOUT000")]
    [InlineData("Scan", "could not be found out as access key AKIATESTSOFFANOUT000")]
    [InlineData("ListAttachedRolePolicies", null)]
    public void Who_has_no_rights_in_IAM_registers_all_the_same_and_is_told_the_statements(string denied, string? why)
    {
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = denied, Code = "AccessDenied", Status = 403 });

        PowerShellResult registered = Run($"{Register.Replace("-WarningAction Ignore", "", StringComparison.Ordinal)} -DeadLetter s3://letters/orders");
        PowerShellResult changed = Run($"Set-FanOutTarget t1 -SourceArn {CloudSession.Orders} -DestinationRoleArn arn:aws:iam::210987654321:role/writer -PassThru");

        Assert.Equal(("t1", "t1"), (registered.Property("Id"), changed.Property("Id")));
        if (why is null)
        {
            // Only who needs more than one policy need be allowed to list them.
            Assert.Contains("arn:aws:iam::210987654321:role/writer", Policy, StringComparison.Ordinal);
            return;
        }

        string warning = registered.Warnings.First(w => w.Contains(why, StringComparison.Ordinal));
        Assert.Contains(Queue, warning, StringComparison.Ordinal);
        Assert.Contains("arn:aws:s3:::letters/orders/*", warning, StringComparison.Ordinal);
        Assert.Contains("\"sqs:SendMessage\"", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("logs:PutLogEvents", warning, StringComparison.Ordinal);
        Assert.Contains(changed.Warnings, static w => w.Contains("\"sts:AssumeRole\"", StringComparison.Ordinal) && w.Contains("arn:aws:iam::210987654321:role/writer", StringComparison.Ordinal));
        Assert.Empty(Run($"Unregister-FanOutTarget t1 -SourceArn {CloudSession.Orders} -Confirm:$false").ThrowIfFailed().Warnings);
    }

    [Fact]
    public void What_cannot_be_taken_away_is_told()
    {
        Run(Register).ThrowIfFailed();
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "PutRolePolicy", Code = "AccessDenied", Status = 403 });

        string warning = Assert.Single(Run($"Unregister-FanOutTarget t1 -SourceArn {CloudSession.Orders} -Confirm:$false").ThrowIfFailed().Warnings);

        Assert.EndsWith("It allows more than the function needs now.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_may_come_before_its_function()
    {
        Session.Cloud.Dynamo.CreateTable("youngTargets", "sourceArn", "id");

        PowerShellResult registered = Run($"{Register.Replace("-WarningAction Ignore", "", StringComparison.Ordinal)} -FunctionName young").ThrowIfFailed();

        Assert.DoesNotContain(registered.Warnings, static w => w.Contains("could not be found out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_role_that_was_not_published_is_left_alone()
    {
        Session.Cloud.Iam.CreateRole("theirs", Trust).PutPolicy("all", Theirs);
        Run("Publish-FanOutFunction -Role arn:aws:iam::123456789012:role/theirs").ThrowIfFailed();
        Session.Forget();

        Assert.DoesNotContain(Run(Register.Replace("-WarningAction Ignore", "", StringComparison.Ordinal)).ThrowIfFailed().Warnings, static w => w.Contains("policy", StringComparison.Ordinal));

        Assert.Equal(["dynamodb:PutItem"], Session.Changes);
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"sqs:Send*","Resource":"arn:aws:sqs:*:123456789012:arch?ve"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":["SQS:sendmessage","sns:*"],"Resource":["arn:aws:sqs:us-east-1:123456789012:archive"]}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:other"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Deny","Action":"sqs:SendMessage","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}""", true)]
    public void What_another_s_role_seems_to_lack_is_told(string statement, bool isMissing)
    {
        Session.Cloud.Iam.CreateRole("theirs", Trust).PutPolicy("all", $$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""");
        Run("Publish-FanOutFunction -Role arn:aws:iam::123456789012:role/theirs -SkipTest -WarningAction Ignore").ThrowIfFailed();
        Session.Forget();

        PowerShellResult registered = Run(Register.Replace("-WarningAction Ignore", "", StringComparison.Ordinal)).ThrowIfFailed();

        Assert.Equal(isMissing, registered.Warnings.Any(static w => w.StartsWith("The policies of the role arn:aws:iam::123456789012:role/theirs are its owner's", StringComparison.Ordinal) && w.Contains(Queue, StringComparison.Ordinal)));
        Assert.DoesNotContain(Session.Changes, static c => c.StartsWith("iam:", StringComparison.Ordinal));
    }
}
