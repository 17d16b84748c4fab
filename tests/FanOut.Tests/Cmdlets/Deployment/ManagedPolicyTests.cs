using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Policies;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>What the role must be allowed and has no room in its inline policy.</summary>
public sealed class ManagedPolicyTests : DeploymentTests
{
    private const string Remove = "Remove-FanOutFunction -IncludeTable -Confirm:$false";

    public ManagedPolicyTests()
        : base(enforcePolicies: true)
    {
    }

    private IamRole Role => Session.Cloud.Iam.Find("freshRole")!;

    private IEnumerable<string> Managed => Session.Cloud.Iam.Policies.Select(static p => p.Arn["arn:aws:iam::123456789012:policy/".Length..]).Order();

    [Fact]
    public void Two_hundred_targets_of_one_pipeline_are_all_allowed_and_nothing_else_is()
    {
        Run("Publish-FanOutFunction -Tag @{ team = 'data' }").ThrowIfFailed();
        Session.Forget();
        Register(1, 200);

        Assert.Equal(
            ["iam:CreatePolicy", "iam:AttachRolePolicy", "iam:CreatePolicy", "iam:AttachRolePolicy", "iam:PutRolePolicy"],
            Session.Changes.Where(static c => c != "dynamodb:PutItem"));
        Assert.Equal(["fanout/FanOut-fresh-2", "fanout/FanOut-fresh-3"], Managed);
        Assert.All(Session.Cloud.Iam.Policies, static p => Assert.Equal("fresh", p.Tags["fanout:function"]));
        Assert.All(Enumerable.Range(1, 200), i => Assert.Equal(AccessDecision.Allowed, Role.Decide("sqs:SendMessage", Queue(i))));
        Assert.Equal(AccessDecision.ImplicitDeny, Role.Decide("sqs:SendMessage", Queue(201)));

        Session.Forget();
        Run("Publish-FanOutFunction").Only();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void They_follow_targets_that_come_and_go()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Register(1, 200);
        for (int i = 201; i < 208; i++)
        {
            Register(i, i);
            Assert.Equal(AccessDecision.Allowed, Role.Decide("sqs:SendMessage", Queue(i)));
        }

        Assert.All(Session.Cloud.Iam.Policies, static p => Assert.InRange(p.Versions.Count, 1, 5));
        Assert.Equal(5, Session.Cloud.Iam.Policies.Single(static p => p.Name == "FanOut-fresh-3").Versions.Count);

        Session.Forget();
        Run("Get-FanOutTarget | Select-Object -Skip 20 | Unregister-FanOutTarget -Confirm:$false").ThrowIfFailed();

        Assert.Equal("iam:PutRolePolicy", Session.Changes.First(static c => c.StartsWith("iam:", StringComparison.Ordinal)));
        Assert.Empty(Managed);
        Assert.Empty(Role.AttachedPolicies);
        Assert.Equal(AccessDecision.Allowed, Role.Decide("sqs:SendMessage", Queue(1)));
        Assert.Equal(AccessDecision.ImplicitDeny, Role.Decide("sqs:SendMessage", Queue(200)));
    }

    [Theory]
    [InlineData("CreatePolicy")]
    [InlineData("AttachRolePolicy")]
    [InlineData("PutRolePolicy")]
    public void Publishing_gives_them_to_the_role_and_is_taken_up_after_a_failure(string operation)
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Register(1, 200, "-SkipPolicy");
        Session.Forget();
        Run("Publish-FanOutFunction -WhatIf").ThrowIfFailed();
        Assert.Empty(Session.Changes);

        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = operation, Code = "AccessDenied", Status = 403, Times = 1 });
        PowerShellResult failed = Run("Publish-FanOutFunction -Verbose");
        failed.Error();
        PowerShellResult published = Run("Publish-FanOutFunction -Verbose").ThrowIfFailed();

        Assert.Contains("Performing the operation \"Create\" on target \"policy FanOut-fresh-3\".", failed.Verbose);
        Assert.Equal("Performing the operation \"Put the policy FanOut-fresh\" on target \"role freshRole\".", published.Verbose.Last(static v => v.Contains("role", StringComparison.Ordinal)));
        Assert.All(Enumerable.Range(1, 200), i => Assert.Equal(AccessDecision.Allowed, Role.Decide("sqs:SendMessage", Queue(i))));
    }

    [Fact]
    public void Removing_the_function_removes_them_also_after_a_failure()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Register(1, 200);
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "DeletePolicy", Code = "AccessDenied", Status = 403, Times = 1 });

        Run(Remove).Error();
        Run(Remove).ThrowIfFailed();

        Assert.Empty(Managed);
        Assert.Null(Session.Cloud.Iam.Find("freshRole"));
    }

    [Fact]
    public async Task One_that_others_have_too_stays_and_is_told()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Register(1, 200);
        Session.Cloud.Iam.CreateRole("theirs", Trust);
        await AttachAsync("theirs", "arn:aws:iam::123456789012:policy/fanout/FanOut-fresh-2");

        PowerShellResult removed = Run(Remove).ThrowIfFailed();

        Assert.Equal(["fanout/FanOut-fresh-2"], Managed);
        Assert.Contains("policy FanOut-fresh-2 (others have it too", Assert.Single(removed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_role_has_too_many_policies_the_missing_statements_are_told()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        for (int i = 0; i < 10; i++)
        {
            await CallAsync("CreatePolicy", ("PolicyName", $"theirs-{i}"), ("PolicyDocument", Theirs));
            await AttachAsync("freshRole", $"arn:aws:iam::123456789012:policy/theirs-{i}");
        }

        PowerShellResult registered = Register(1, 200);
        string warning = Assert.Single(registered.Warnings, static w => w.Contains("FanOut-fresh", StringComparison.Ordinal));
        Assert.Contains("PoliciesPerRole", warning, StringComparison.Ordinal);
        Assert.Contains(Queue(200), warning, StringComparison.Ordinal);

        PowerShellResult published = Run("Publish-FanOutFunction");
        Assert.StartsWith("PolicyTooLarge,", published.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Queue(200), $"{published.Error()}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_role_can_hold_is_told_and_the_rest_is_allowed()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        PowerShellResult registered = Register(1, 800);

        Assert.Equal(10, Role.AttachedPolicies.Count);
        Assert.Equal(AccessDecision.Allowed, Role.Decide("sqs:SendMessage", Queue(1)));
        string warning = Assert.Single(registered.Warnings, static w => w.Contains("has no room", StringComparison.Ordinal));
        Assert.Contains(Queue(800), warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Queue(1) + "\"", warning, StringComparison.Ordinal);
        Assert.StartsWith("PolicyTooLarge,", Run("Publish-FanOutFunction").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Run("(Get-FanOutPolicy -PolicyType ExecutionRole)[-1].Notes").Output, static n => $"{n}".Contains("too many", StringComparison.Ordinal));
    }

    private static string Queue(int number) => $"arn:aws:sqs:us-east-1:123456789012:a-queue-whose-name-tells-what-it-is-for-at-some-length-{number:0000}";

    private PowerShellResult Register(int first, int last, string more = "") => Run($$"""
        {{first}}..{{last}} |
            ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = '{{Queue(0)[..^4]}}{0:0000}' -f $_; SourceArn = '{{CloudSession.Orders}}' } } |
            Register-FanOutTarget {{more}}
        """).ThrowIfFailed();

    private Task AttachAsync(string role, string policy) => CallAsync("AttachRolePolicy", ("RoleName", role), ("PolicyArn", policy));

    private async Task CallAsync(string operation, params (string, string)[] parameters)
    {
        using var aws = new FanOut.Tests.LocalCloud.AwsHttp(Session.Cloud);
        Assert.Equal(200, (await aws.QueryAsync("iam", [("Action", operation), .. parameters])).Status);
    }
}
