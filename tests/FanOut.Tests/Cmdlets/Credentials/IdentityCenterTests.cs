using System.Management.Automation;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>Profiles of IAM Identity Center, with the cache that <c>aws sso login</c> writes.</summary>
public sealed class IdentityCenterTests : CredentialsTests
{
    private const string StartUrl = "https://example.awsapps.com/start";
    private const string OfSession = $"""
        [profile work]
        sso_session = corp
        sso_account_id = 999999999999
        sso_role_name = Admin
        [sso-session corp]
        sso_region = eu-central-1
        sso_start_url = {StartUrl}
        sso_registration_scopes = sso:account:access
        """;

    private const string Legacy = $"""
        [profile work]
        sso_account_id = 999999999999
        sso_role_name = Admin
        sso_region = eu-central-1
        sso_start_url = {StartUrl}
        """;

    [Theory]
    [InlineData(OfSession, "corp")]
    [InlineData(Legacy, StartUrl)]
    public async Task The_token_in_the_cache_gives_a_role(string config, string cached)
    {
        HttpRequest? asked = null;
        await using HttpServer portal = Answering(request =>
        {
            asked = request;
            return $$$"""{"roleCredentials":{"accessKeyId":"ASIAROLE","secretAccessKey":"{{{Secret}}}","sessionToken":"{{{Token}}}","expiration":4070908800000}}""";
        });
        Write(".aws/config", config);
        WriteToken(cached, "2099-01-01T00:00:00Z");
        Set("AWS_ENDPOINT_URL", $"{Cloud.Endpoint}");
        Set("AWS_ENDPOINT_URL_SSO", $"{portal.Endpoint}");

        PowerShellResult result = Run($"$PSDefaultParameterValues.Clear(); {Get} -ProfileName work").ThrowIfFailed();

        Assert.Equal(("/federation/credentials", "Admin", "999999999999"), (asked!.Path, asked.QueryValue("role_name"), asked.QueryValue("account_id")));
        Assert.Equal("portal-token", asked.Header("x-amz-sso_bearer_token"));
        Assert.Equal(("ASIAROLE", "us-east-1"), (DynamoCall.AccessKeyId, DynamoCall.Region));
        Assert.Contains(result.Verbose, static v => v.StartsWith("AWS call: GET /federation/credentials at ", StringComparison.Ordinal));
        Assert.DoesNotContain("portal-token", result.AllText, StringComparison.Ordinal);
        Assert.Equal(["AWSSDK.SSO", "AWSSDK.SSOOIDC"], AssemblyLoadContext.All.Single(static c => c.Name == "FanOut").Assemblies
            .Select(static a => a.GetName().Name).Where(static n => n!.StartsWith("AWSSDK.SSO", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData(OfSession, null)]
    [InlineData(Legacy, null)]
    [InlineData(OfSession, "2020-01-01T00:00:00Z")]
    [InlineData(Legacy, "2020-01-01T00:00:00Z")]
    public void Without_a_token_the_error_says_how_to_sign_on(string config, string? expired)
    {
        Write(".aws/config", config);
        if (expired is not null)
        {
            WriteToken(config == Legacy ? StartUrl : "corp", expired);
        }

        ErrorRecord error = AssertError(RunToError($"{Get} -ProfileName work"), "CredentialsMissing", ErrorCategory.AuthenticationError);
        Assert.StartsWith("The profile 'work' gives no credentials: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("Sign on: aws sso login --profile work", error.ErrorDetails.RecommendedAction);
        Assert.Empty(Cloud.Calls);
    }

    // The AWS CLI names the file after the session, else after the URL.
    private void WriteToken(string cached, string expires)
    {
#pragma warning disable CA5350
        string name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(cached)));
#pragma warning restore CA5350
        Write($".aws/sso/cache/{name}.json", $$"""{"startUrl":"{{StartUrl}}","region":"eu-central-1","accessToken":"portal-token","expiresAt":"{{expires}}"}""");
    }
}
