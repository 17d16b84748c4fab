using System.Net;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SecurityToken;
using FanOut.Engine.Credentials;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Credentials;

public sealed class AssumedRolesTests : IDisposable
{
    private const string Role = "arn:aws:iam::210987654321:role/x";
    private const string Caller = "arn:aws:sts::123456789012:assumed-role/fanout/fanout";

    private readonly FakeTimeProvider _time = new();
    private readonly FakeSts _sts;
    private readonly AssumedRoles _roles;

    public AssumedRolesTests()
    {
        _sts = new FakeSts(_time);
        _roles = new AssumedRoles(_sts, "fanout", _time);
    }

    public void Dispose() => _sts.Dispose();

    [Fact]
    public async Task A_role_is_assumed_on_first_use_with_its_external_id_for_an_hour()
    {
        AWSCredentials credentials = _roles.For(Role, "ext-1");
        Assert.Empty(_sts.Requests);

        ImmutableCredentials keys = await credentials.GetCredentialsAsync();
        Assert.Equal(("AKIA1", "secret", "token"), (keys.AccessKey, keys.SecretKey, keys.Token));
        var request = Assert.Single(_sts.Requests);
        Assert.Equal(
            (Role, "ext-1", "fanout-fanout", 3600),
            (request.RoleArn, request.ExternalId, request.RoleSessionName, request.DurationSeconds));
    }

    [Fact]
    public async Task Credentials_belong_to_role_and_external_id()
    {
        Assert.Same(_roles.For(Role, "a"), _roles.For(Role, "a"));
        Assert.Same(_roles.For(Role, null), _roles.For(Role, ""));
        string[] keys =
        [
            await KeyAsync("a"),
            await KeyAsync("b"),
            await KeyAsync(null),
            (await _roles.For(Role + "2", "a").GetCredentialsAsync()).AccessKey,
            await KeyAsync("a"),
        ];
        Assert.Equal(["AKIA1", "AKIA2", "AKIA3", "AKIA4", "AKIA1"], keys);
        Assert.Equal(["a", "b", null, "a"], _sts.Requests.Select(r => r.ExternalId));
    }

    [Fact]
    public async Task Credentials_are_renewed_five_minutes_before_they_expire()
    {
        Assert.Equal("AKIA1", await KeyAsync());
        _time.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromTicks(1));
        Assert.Equal("AKIA1", await KeyAsync());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("AKIA2", await KeyAsync());
    }

    // STS tells the end of a session by its own clock.
    [Theory]
    [InlineData(-300)]
    [InlineData(-58)]
    [InlineData(300)]
    public async Task Credentials_last_as_long_as_was_asked_for_where_the_clocks_differ(int minutes)
    {
        using var sts = new FakeSts(new FakeTimeProvider(_time.GetUtcNow().AddMinutes(minutes)));
        var roles = new AssumedRoles(sts, "fanout", _time);
        async Task<string> NextAsync(TimeSpan after)
        {
            _time.Advance(after);
            return (await roles.For(Role, null).GetCredentialsAsync()).AccessKey;
        }

        Assert.Equal("AKIA1", await NextAsync(TimeSpan.Zero));
        Assert.Equal("AKIA1", await NextAsync(TimeSpan.FromMinutes(54)));
        Assert.Equal("AKIA2", await NextAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Whoever_asks_at_the_same_time_one_AssumeRole_answers_all()
    {
        var gate = new TaskCompletionSource();
        _sts.Gate = gate.Task;
        Task<string>[] callers = [.. Enumerable.Range(0, 20).Select(_ => KeyAsync())];
        Task<string> other = KeyAsync("other");
        gate.SetResult();
        string[] keys = await Task.WhenAll(callers);
        await other;
        Assert.Single(keys.Distinct());
        Assert.Equal(2, _sts.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_answers_the_whole_batch_and_is_forgotten_after_five_seconds()
    {
        _sts.Error = Denied();
        var error = await Assert.ThrowsAsync<AssumeRoleException>(() => KeyAsync());
        Assert.Same(error, await Assert.ThrowsAsync<AssumeRoleException>(() => KeyAsync()));
        Assert.Single(_sts.Requests);

        _sts.Error = null;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("AKIA2", await KeyAsync());
    }

    [Fact]
    public async Task When_renewal_fails_the_old_credentials_serve_until_their_end()
    {
        await KeyAsync();
        _sts.Error = Denied();
        _time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("AKIA1", await KeyAsync());
        Assert.Equal("AKIA1", await KeyAsync());
        Assert.Equal(2, _sts.Requests.Count);
        _time.Advance(TimeSpan.FromMinutes(4));
        await Assert.ThrowsAsync<AssumeRoleException>(() => KeyAsync());
    }

    [Fact]
    public async Task Credentials_that_a_service_refused_are_asked_for_again()
    {
        await KeyAsync("a");
        await KeyAsync("b");
        _roles.Invalidate(Role, "a");
        _roles.Invalidate(Role, "never seen");
        Assert.Equal("AKIA3", await KeyAsync("a"));
        Assert.Equal("AKIA2", await KeyAsync("b"));
    }

    [Fact]
    public async Task A_late_report_about_an_old_key_does_not_throw_the_new_one_away()
    {
        await KeyAsync();
        _roles.Invalidate(Role, null, "AKIA1");
        Assert.Equal("AKIA2", await KeyAsync());
        _roles.Invalidate(Role, null, "AKIA1");
        Assert.Equal("AKIA2", await KeyAsync());
    }

    [Fact]
    public void The_synchronous_door_leads_to_the_same_credentials() =>
        Assert.Equal("AKIA1", _roles.For(Role, null).GetCredentials().AccessKey);

    [Fact]
    public async Task A_client_of_the_SDK_signs_with_the_roles_credentials()
    {
        using var http = new SignedRequests();
        using var client = new AmazonDynamoDBClient(
            _roles.For(Role, null), new AmazonDynamoDBConfig { RegionEndpoint = RegionEndpoint.EUWest1, HttpClientFactory = http });
        await client.ListTablesAsync(TestContext.Current.CancellationToken);
        _roles.Invalidate(Role, null);
        await client.ListTablesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, http.Seen.Count);
        Assert.Contains("Credential=AKIA1/", http.Seen[0].Authorization, StringComparison.Ordinal);
        Assert.Contains("Credential=AKIA2/", http.Seen[1].Authorization, StringComparison.Ordinal);
        Assert.All(http.Seen, request => Assert.Equal("token", request.Token));
    }

    [Theory]
    [InlineData("fanout", "fanout-fanout")]
    [InlineData("my_fn-1", "fanout-my_fn-1")]
    [InlineData("fn:alias/ü", "fanout-fn-alias--")]
    [InlineData("", "fanout-")]
    [InlineData(
        "1234567890123456789012345678901234567890123456789012345678901234",
        "fanout-123456789012345678901234567890123456789012345678901234567")]
    public void The_session_bears_the_functions_name_in_allowed_characters(string function, string session) =>
        Assert.Equal(session, AssumedRoles.SessionName(function));

    [Theory]
    [InlineData("eu-west-1", "https://sts.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", "https://sts.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn/")]
    [InlineData("eusc-de-east-1", "https://sts.eusc-de-east-1.amazonaws.eu/")]
    public void STS_is_called_in_the_functions_own_region(string region, string endpoint)
    {
        using AmazonSecurityTokenServiceClient client = AssumedRoles.CreateClient(region, new AnonymousAWSCredentials());
        Assert.Equal(endpoint, client.DetermineServiceOperationEndpoint(new Amazon.SecurityToken.Model.AssumeRoleRequest()).URL);
    }

    [Fact]
    public async Task An_error_names_role_caller_code_request_and_what_to_do()
    {
        _sts.Error = Denied();
        var error = await Assert.ThrowsAsync<AssumeRoleException>(() => KeyAsync("hush"));
        Assert.Equal(
            (Role, Caller, "AccessDenied", "req-1", false),
            (error.Role, error.Caller, error.Code, error.RequestId, error.Retryable));
        Assert.All(
            [Role, Caller, "AccessDenied", "req-1", "trust policy", "externalId"],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessDenied", HttpStatusCode.Forbidden, false)]
    [InlineData("ValidationError", HttpStatusCode.BadRequest, false)]
    [InlineData("RegionDisabledException", HttpStatusCode.Forbidden, false)]
    [InlineData("ExpiredToken", HttpStatusCode.Forbidden, true)]
    [InlineData("Throttling", HttpStatusCode.BadRequest, true)]
    [InlineData("ServiceUnavailable", HttpStatusCode.ServiceUnavailable, true)]
    public async Task Only_what_may_pass_by_itself_is_retryable(string code, HttpStatusCode status, bool retryable)
    {
        _sts.Error = new AmazonSecurityTokenServiceException("No.", ErrorType.Unknown, code, "req-1", status);
        Assert.Equal(retryable, (await Assert.ThrowsAsync<AssumeRoleException>(() => KeyAsync())).Retryable);
    }

    [Fact]
    public async Task Without_an_answer_the_error_says_what_a_VPC_needs()
    {
        _sts.Error = new HttpRequestException("no route to host");
        var error = await Assert.ThrowsAsync<AssumeRoleException>(() => KeyAsync());
        Assert.Equal((true, null, null), (error.Retryable, error.Code, error.Caller));
        Assert.Contains("no route to host", error.Message, StringComparison.Ordinal);
        Assert.Contains("VPC", error.Message, StringComparison.Ordinal);
    }

    private static AmazonSecurityTokenServiceException Denied() => new(
        $"User: {Caller} is not authorized to perform: sts:AssumeRole on resource: {Role}",
        ErrorType.Sender, "AccessDenied", "req-1", HttpStatusCode.Forbidden);

    private async Task<string> KeyAsync(string? externalId = null) =>
        (await _roles.For(Role, externalId).GetCredentialsAsync()).AccessKey;
}
