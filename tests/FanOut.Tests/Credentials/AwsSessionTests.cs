using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using FanOut.Credentials;
using FanOut.Errors;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Sts;

namespace FanOut.Tests.Credentials;

/// <summary>The same caller elsewhere, and as a role.</summary>
public sealed class AwsSessionTests : IAsyncDisposable
{
    private const string Role = "arn:aws:iam::999999999999:role/fanout-target";

    private readonly Cloud _cloud = Cloud.Start();
    private readonly AwsSession _session;

    public AwsSessionTests() => _session = OpenSession.Of(
        new SessionRequest { AccessKey = "AKIACALLER", SecretKey = "hush", Region = "eu-west-1", EndpointUrl = _cloud.Endpoint },
        new CallLog(), TimeProvider.System, static _ => null, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_role_is_assumed_once_in_the_region_of_the_session()
    {
        _cloud.Sts.AddRole(Role, "right");

        AwsSession role = _session.In("eu-west-2").AsRole(Role, "right");
        GetCallerIdentityResponse first = await role.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), TestContext.Current.CancellationToken);
        await _session.In("eu-west-2").AsRole(Role, "right").Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), TestContext.Current.CancellationToken);

        RoleSession assumed = Assert.Single(_cloud.Sts.Sessions);
        Assert.Equal(("FanOut", "999999999999"), (assumed.Name, first.Account));
        Assert.Equal($"role {Role} by access key AKIACALLER", role.Identity);
        Assert.Equal(
            [("AKIACALLER", "eu-west-2", "AssumeRole"), (assumed.AccessKeyId, "eu-west-2", "GetCallerIdentity"), (assumed.AccessKeyId, "eu-west-2", "GetCallerIdentity")],
            _cloud.Calls.Select(static c => (c.AccessKeyId, c.Region, c.Operation)));
    }

    [Theory]
    [InlineData("wrong", "compare the external id")]
    [InlineData("", "it may ask for an external id")]
    [InlineData(null, "it may ask for an external id")]
    public async Task A_role_is_never_lent_to_who_has_another_external_id(string? externalId, string advice)
    {
        _cloud.Sts.AddRole(Role, "right");
        await _session.AsRole(Role, "right").Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), TestContext.Current.CancellationToken);

        FanOutException error = await Assert.ThrowsAsync<FanOutException>(
            () => _session.AsRole(Role, externalId).Dynamo.DescribeTableAsync("t", TestContext.Current.CancellationToken));

        Assert.Equal(("AccessDenied", Role, "AccessDenied"), (error.ErrorId, error.Target, error.AwsErrorCode));
        Assert.StartsWith($"The role {Role} cannot be assumed as access key AKIACALLER: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Advice, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.RequestId));
        Assert.DoesNotContain("wrong", $"{error.Message}{error.Advice}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_caller_in_the_same_region_keeps_its_own_credentials()
    {
        AwsSession other = _session.As(new Caller(new BasicAWSCredentials("AKIAOTHER", "hush"), "access key AKIAOTHER"));

        await other.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), TestContext.Current.CancellationToken);

        Assert.Equal(("AKIAOTHER", "eu-west-1"), (Assert.Single(_cloud.Calls).AccessKeyId, _cloud.Calls.Single().Region));
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _cloud.DisposeAsync();
    }
}
