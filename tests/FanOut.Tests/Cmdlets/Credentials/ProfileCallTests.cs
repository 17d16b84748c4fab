using System.Management.Automation;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Sts;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>Profiles of every kind, from their files to the signature of a call.</summary>
public sealed class ProfileCallTests : CredentialsTests
{
    private const string Role = "arn:aws:iam::999999999999:role/fanout-admin";
    private const string ExternalId = "ext-7f3a";
    private const string WebIdentityAnswer = $"""
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
        <AccessKeyId>ASIAWEB</AccessKeyId><SecretAccessKey>{Secret}</SecretAccessKey><SessionToken>{Token}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
        </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
        """;

    [Theory]
    [InlineData("-ProfileName work", ".aws/credentials", ".aws/config")]
    [InlineData("-StoredCredentials work", ".aws/credentials", ".aws/config")]
    [InlineData("-ProfileName work -ProfileLocation '{0}/elsewhere'", "elsewhere/credentials", "elsewhere/config")]
    [InlineData("-ProfileName work -ProfilesLocation '{0}/elsewhere/my-keys'", "elsewhere/my-keys", "elsewhere/config")]
    public void Both_files_make_a_profile_wherever_they_lie(string parameters, string credentials, string config)
    {
        Write(credentials, $"[work]\n{Keys("AKIAWORK")}");
        Write(config, "[profile work]\nregion = ap-south-1\naws_access_key_id = AKIAOVERRIDDEN\n");

        Run("Get-FanOutTarget -ErrorAction Ignore " + parameters.Replace("{0}", Home, StringComparison.Ordinal)).ThrowIfFailed();

        Assert.Equal(("AKIAWORK", "ap-south-1"), (DynamoCall.AccessKeyId, DynamoCall.Region));
    }

    [Fact]
    public void The_environment_names_other_files_whenever_it_likes()
    {
        Write(".aws/credentials", $"[work]\n{Keys("AKIAHOME")}region = eu-west-1\n");
        Set("AWS_SHARED_CREDENTIALS_FILE", Write("first/keys", $"[work]\n{Keys("AKIAFIRST")}"));
        Set("AWS_CONFIG_FILE", Write("first/settings", "[profile work]\nregion = eu-west-2\n"));
        string second = Write("second/keys", $"[work]\n{Keys("AKIASECOND")}");
        string settings = Write("second/settings", "[profile work]\nregion = eu-west-3\n");

        Run($"""
            Get-FanOutTarget -ProfileName work -ErrorAction Ignore
            $env:AWS_SHARED_CREDENTIALS_FILE = '{second}'
            $env:AWS_CONFIG_FILE = '{settings}'
            Get-FanOutTarget -ProfileName work -ErrorAction Ignore
            """).ThrowIfFailed();

        Assert.Equal([("AKIAFIRST", "eu-west-2"), ("AKIASECOND", "eu-west-3")], Cloud.Calls.Select(static c => (c.AccessKeyId, c.Region)));
    }

    [Theory]
    [InlineData("source_profile = base\nexternal_id = ext-7f3a\nrole_session_name = nightly\nduration_seconds = 900", "nightly")]
    [InlineData("credential_source = Environment\nexternal_id = ext-7f3a", "FanOut")]
    [InlineData("source_profile = work\nexternal_id = ext-7f3a\naws_access_key_id = AKIABASE\naws_secret_access_key = " + Secret, "FanOut")]
    public void A_role_is_assumed_by_its_source(string settings, string sessionName)
    {
        Cloud.Sts.AddRole(Role, ExternalId);
        Write(".aws/credentials", $"[base]\n{Keys("AKIABASE")}");
        Write(".aws/config", $"[profile work]\nrole_arn = {Role}\nregion = us-east-1\n{settings}\n");
        Set("AWS_ACCESS_KEY_ID", "AKIABASE");
        Set("AWS_SECRET_ACCESS_KEY", Secret);

        PowerShellResult result = Run($"{Get} -ProfileName work -ErrorAction Ignore").ThrowIfFailed();

        RoleSession session = Assert.Single(Cloud.Sts.Sessions);
        LoggedCall assume = Assert.Single(Cloud.Calls, static c => c.Service == "sts");
        Assert.Equal((sessionName, session.AccessKeyId, "AKIABASE", "us-east-1"), (session.Name, DynamoCall.AccessKeyId, assume.AccessKeyId, assume.Region));
        Assert.Contains("Calling AWS in us-east-1 as profile 'work'.", result.Verbose);
        Assert.Contains(result.Verbose, static v => v.StartsWith("AWS call: sts AssumeRole in us-east-1 at 127.0.0.1:", StringComparison.Ordinal));
        Assert.DoesNotContain(ExternalId, result.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_are_assumed_one_after_the_other()
    {
        const string First = "arn:aws:iam::888888888888:role/hop";
        Cloud.Sts.AddRole(First);
        Cloud.Sts.AddRole(Role);
        Write(".aws/config", $"[profile work]\nrole_arn = {Role}\nsource_profile = hop\n[profile hop]\nrole_arn = {First}\nsource_profile = default\n[default]\n{Keys("AKIADEFAULT")}");

        Run($"{Get} -ProfileName work -ErrorAction Ignore").ThrowIfFailed();

        RoleSession[] sessions = [.. Cloud.Sts.Sessions];
        Assert.Equal([First, Role], sessions.Select(static s => s.Role.Arn));
        Assert.Equal(["AKIADEFAULT", sessions[0].AccessKeyId, sessions[1].AccessKeyId], Cloud.Calls.Select(static c => c.AccessKeyId));
    }

    [Fact]
    public void A_role_that_may_not_be_assumed_names_the_role_and_who_asked()
    {
        Cloud.Sts.AddRole(Role, ExternalId);
        Write(".aws/credentials", $"[base]\n{Keys("AKIABASE")}[work]\nrole_arn = {Role}\nsource_profile = base\nexternal_id = wrong-id\n");

        PowerShellResult result = Run($"{Get} -ProfileName work");

        ErrorRecord error = AssertError(result, "AccessDenied", ErrorCategory.PermissionDenied);
        Assert.StartsWith($"The role {Role} cannot be assumed as profile 'base' (access key AKIABASE): User: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("compare the external id", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(Role, error.TargetObject);
        Assert.DoesNotContain("wrong-id", result.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_prints_the_key()
    {
        string answer = Write("answer.json", $$"""{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"{{Secret}}","SessionToken":"{{Token}}"}""");
        Write(".aws/config", $"[profile work]\ncredential_process = cat \"{answer}\" # not ; a remark\n");

        Run($"{Get} -ProfileName work").ThrowIfFailed();

        Assert.Equal("AKIAPROCESS", DynamoCall.AccessKeyId);
    }

    [Theory]
    [InlineData("[profile work]\nrole_arn = arn:aws:iam::999999999999:role/fanout-admin\nweb_identity_token_file = {0}\n", "-ProfileName work")]
    [InlineData("", "")]
    public async Task The_bearer_of_a_token_assumes_a_role(string config, string parameters)
    {
        HttpRequest? asked = null;
        await using HttpServer sts = HttpServer.Start((request, _) => Task.FromResult(HttpResponse.Text(200, "text/xml", WebIdentityAnswer)).ContinueWith(
            answer =>
            {
                asked = request;
                return answer.Result;
            },
            TaskScheduler.Default));
        string token = Write("token", Token + "\n");
        Write(".aws/config", config.Replace("{0}", token, StringComparison.Ordinal));
        Set("AWS_WEB_IDENTITY_TOKEN_FILE", config.Length > 0 ? null : token);
        Set("AWS_ROLE_ARN", Role);
        Set("AWS_ENDPOINT_URL_STS", $"{sts.Endpoint}");
        Set("AWS_ENDPOINT_URL", $"{Cloud.Endpoint}");

        Run($"$PSDefaultParameterValues.Clear(); {Get} {parameters}").ThrowIfFailed();

        Assert.Contains("Action=AssumeRoleWithWebIdentity", asked!.Text, StringComparison.Ordinal);
        Assert.Contains($"WebIdentityToken={Token}", asked.Text, StringComparison.Ordinal);
        Assert.Null(asked.Header("Authorization"));
        Assert.Equal("ASIAWEB", DynamoCall.AccessKeyId);
    }

    [Theory]
    [InlineData("endpoint_url = {0}\n")]
    [InlineData("services = here\nendpoint_url = http://127.0.0.1:9\n")]
    public void A_profile_names_endpoints(string settings)
    {
        Write(".aws/config", $"[profile work]\n{Keys("AKIAWORK")}{settings.Replace("{0}", $"{Cloud.Endpoint}", StringComparison.Ordinal)}[services here]\ndynamodb =\n  endpoint_url = {Cloud.Endpoint}\n");
        Set("AWS_PROFILE", "work");

        Run($"$PSDefaultParameterValues.Clear(); {Get}").ThrowIfFailed();

        Assert.Equal("AKIAWORK", DynamoCall.AccessKeyId);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_DYNAMODB")]
    public void What_is_no_endpoint_is_an_error_that_names_its_variable(string variable)
    {
        Set(variable, "localhost:4566");

        ErrorRecord error = AssertInvalid(Run($"$PSDefaultParameterValues.Clear(); {Get} -AccessKey AK -SecretKey {Secret}"));

        Assert.StartsWith($"'localhost:4566' ({variable}) is not", error.Exception.Message, StringComparison.Ordinal);
    }

    private static ErrorRecord AssertInvalid(PowerShellResult result)
    {
        ErrorRecord error = result.Error();
        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }
}
