using System.Management.Automation;
using Amazon.DynamoDBv2;
using FanOut.Credentials;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>A shared config or credentials file with a line that is odd, or that cannot be read.</summary>
public sealed class BrokenFileTests : CredentialsTests
{
    // Without an ARN, whose region would come before the profile's.
    private new const string Get = "Get-FanOutTarget";

    [Theory]
    [InlineData("[profile other] # work")]
    [InlineData("[profile other] ; work")]
    [InlineData("[profile other]; work")]
    public void A_comment_after_a_heading_is_no_error(string heading)
    {
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}");
        Write(".aws/config", $"{heading}\nregion = eu-west-1\n[default]\nregion = us-east-1\n");

        Run(Get).ThrowIfFailed();

        Assert.Contains("Credential=AKIADEFAULT/", DynamoCall.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("us-east-1", DynamoCall.Region);
    }

    [Theory]
    [InlineData(".aws/config", "[default]\nregion = eu-west-1\n[profile other\nregion = eu-west-1\n", 3)]
    [InlineData(".aws/config", "[default]\nregion = eu-west-1\n[profile other] work\n", 3)]
    [InlineData(".aws/config", "[default]\n\nregion eu-west-1\n", 3)]
    [InlineData(".aws/credentials", "[default]\nnonsense " + Secret + "\n", 2)]
    public void A_line_that_cannot_be_read_is_named_and_the_session_goes_on_when_it_is_mended(string file, string text, int line)
    {
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}");
        Write(".aws/config", "[default]\nregion = us-east-1\n");
        string path = Write(file, text);

        ErrorRecord error = AssertError(RunToError(Get), "CredentialFileInvalid", ErrorCategory.AuthenticationError);

        Assert.StartsWith($"Line {line} of {path} ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Calls);
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}");
        Write(".aws/config", "[default]\nregion = us-east-1\n");
        Run(Get).ThrowIfFailed();
        Assert.Equal("us-east-1", DynamoCall.Region);
    }

    [Theory]
    [InlineData($"-AccessKey AKIAGIVEN -SecretKey '{Secret}' -Region us-east-1", false)]
    [InlineData("-Region us-east-1", true)]
    public void Keys_that_are_given_are_used_without_reading_the_files(string parameters, bool byVariables)
    {
        Write(".aws/credentials", "[default\n");
        Write(".aws/config", "[default\n");
        Set("AWS_ACCESS_KEY_ID", byVariables ? "AKIAGIVEN" : null);
        Set("AWS_SECRET_ACCESS_KEY", byVariables ? Secret : null);

        PowerShellResult result = Run($"{Get} {parameters}").ThrowIfFailed();

        Assert.Contains("Credential=AKIAGIVEN/", DynamoCall.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }

    // The call goes to the cloud by the variable, which counts more than a profile.
    [Theory]
    [InlineData(null, "[default]\nretry_mode adaptive\n", "Line 2 of {0} is neither a setting")]
    [InlineData(null, "[profile work]\nretry_mode = adaptive\n[default\nendpoint_url = http://127.0.0.1:1\n", "Line 3 of {0} begins with '['")]
    [InlineData("work", "[default]\nx = y\n[profile work]\nservices = s\n[services s]\nnonsense\n", "Line 6 of {0} is neither a setting")]
    [InlineData(null, "[default]\nretry_mode = adaptive\n[profile work\nendpoint_url = http://127.0.0.1:1\n", null)]
    [InlineData(null, "[default]\nretry_mode = adaptive\n[profile work]\nnonsense\n", null)]
    [InlineData("work", "[default]\nnonsense\n[profile work]\nretry_mode = adaptive\n", null)]
    public void Of_a_broken_file_only_what_the_profile_lacks_for_it_is_told(string? profile, string text, string? warning)
    {
        string path = Write(".aws/config", text);
        Set("AWS_ENDPOINT_URL", Cloud.Endpoint.AbsoluteUri);
        Set("AWS_PROFILE", profile);

        PowerShellResult result = Run($"$PSDefaultParameterValues.Clear(); {Get} -AccessKey AKIAGIVEN -SecretKey '{Secret}' -Region us-east-1").ThrowIfFailed();

        Assert.Equal(warning is null ? 0 : 1, result.Warnings.Count);
        Assert.All(result.Warnings, w => Assert.StartsWith(warning!.Replace("{0}", path, StringComparison.Ordinal), w, StringComparison.Ordinal));
        Assert.Equal("us-east-1", DynamoCall.Region);
    }

    [Fact]
    public void Settings_below_a_broken_heading_are_nobodys()
    {
        Write(".aws/config", $"[default]\nendpoint_url = {Cloud.Endpoint}\n[profile work\nendpoint_url = http://127.0.0.1:1\nuse_fips_endpoint = true\n");

        Assert.Empty(Run($"$PSDefaultParameterValues.Clear(); {Get} -AccessKey AKIAGIVEN -SecretKey '{Secret}' -Region us-east-1").ThrowIfFailed().Warnings);
        Assert.Equal("us-east-1", DynamoCall.Region);
    }

    [Fact]
    public void Given_keys_do_not_ask_for_a_credentials_file_that_can_be_read()
    {
        Write(".aws/credentials", "[default\nnonsense\n");
        Set("AWS_ENDPOINT_URL", Cloud.Endpoint.AbsoluteUri);

        Assert.Empty(Run($"$PSDefaultParameterValues.Clear(); {Get} -AccessKey AKIAGIVEN -SecretKey '{Secret}' -Region us-east-1").ThrowIfFailed().Warnings);
        Assert.Contains("Credential=AKIAGIVEN/", DynamoCall.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "Standard False False PREFERRED")]
    [InlineData("profile", "Adaptive True True DISABLED")]
    [InlineData("variables", "Standard False True REQUIRED")]
    [InlineData("nonsense", "Standard False False PREFERRED")]
    public void Clients_get_the_settings_of_the_profile_that_is_used(string where, string expected)
    {
        Set("AWS_PROFILE", "other");
        Write(".aws/config", $$"""
            [profile other]
            use_fips_endpoint = true
            [profile work]
            {{where switch
            {
                "nothing" => "",
                "nonsense" => "retry_mode = 7\nuse_fips_endpoint = yes\naccount_id_endpoint_mode = never",
                _ => "retry_mode = adaptive\nuse_fips_endpoint = true\nuse_dualstack_endpoint = True\naccount_id_endpoint_mode = disabled",
            }}}
            """);
        Write(".aws/credentials", $"[work]\n{Keys("AKIAWORK")}");
        if (where == "variables")
        {
            Set("AWS_RETRY_MODE", "standard");
            Set("AWS_USE_FIPS_ENDPOINT", "false");
            Set("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required");
        }

        using AwsSession session = OpenSession.Of(
            new SessionRequest { ProfileName = "work", Region = "eu-west-1" }, new CallLog(), TimeProvider.System, TestContext.Current.CancellationToken);
        AmazonDynamoDBConfig config = session.Configure(new AmazonDynamoDBConfig());

        Assert.Equal(expected, $"{config.RetryMode} {config.UseFIPSEndpoint} {config.UseDualstackEndpoint} {config.AccountIdEndpointMode}");
    }
}
