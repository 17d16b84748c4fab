using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Credentials;

/// <summary>Profiles that are not there, or that give no credentials.</summary>
public sealed class ProfileErrorTests : CredentialsTests
{
    [Theory]
    [InlineData("-ProfileName nonesuch", null)]
    [InlineData("", "nonesuch")]
    public void A_profile_that_is_not_there_ends_the_pipeline_and_no_other_account_is_called(string parameters, string? variable)
    {
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}[work]\n{Keys("AKIAWORK")}");
        Write(".aws/config", "[profile two words]\nregion = eu-west-1\n[sso-session corp]\nsso_region = eu-west-1\n[services here]\n");
        Set("AWS_PROFILE", variable);

        ErrorRecord error = AssertError(RunToError($"{Get} {parameters}"), "ProfileNotFound", ErrorCategory.AuthenticationError);

        Assert.Equal("nonesuch", error.TargetObject);
        Assert.Contains($"{Home}/.aws/credentials and {Home}/.aws/config", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("There are 'default', 'two words', 'work'.", error.ErrorDetails.RecommendedAction);
        Assert.Empty(Cloud.Calls);
    }

    [Fact]
    public void A_misspelt_profile_is_told_with_the_nearest()
    {
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}[work]\n{Keys("AKIAWORK")}");

        Assert.Equal("The nearest is 'work'. There are 'default', 'work'.", RunToError($"{Get} -ProfileName wrok").ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Where_there_is_no_profile_at_all_the_error_says_how_to_make_one()
    {
        ErrorRecord error = AssertError(Run($"{Get} -ProfileName work"), "ProfileNotFound", ErrorCategory.AuthenticationError);

        Assert.Contains("aws configure sso", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("region = eu-west-1", "it has neither aws_access_key_id nor role_arn")]
    [InlineData("aws_access_key_id = AK", "it has no aws_secret_access_key.")]
    [InlineData("aws_secret_access_key = " + Secret, "it has no aws_access_key_id.")]
    [InlineData("role_arn = R", "neither source_profile nor credential_source")]
    [InlineData("role_arn = R\nsource_profile = default\ncredential_source = Environment", "both source_profile and credential_source")]
    [InlineData("role_arn = R\nsource_profile = nonesuch", "its source_profile 'nonesuch' does not exist in ")]
    [InlineData("role_arn = R\nsource_profile = back", "its source_profile goes round in a circle: work -> back -> work.")]
    [InlineData("role_arn = R\nsource_profile = default\nduration_seconds = long", "its duration_seconds is 'long', which is no number.")]
    [InlineData("role_arn = R\ncredential_source = Moon", "its credential_source is 'Moon'; it may be Environment, EcsContainer or Ec2InstanceMetadata.")]
    [InlineData("role_arn = R\ncredential_source = EcsContainer", "its credential_source EcsContainer has no credentials.")]
    [InlineData("role_arn = R\ncredential_source = Ec2InstanceMetadata", "its credential_source Ec2InstanceMetadata has no credentials.")]
    [InlineData("role_arn = R\nsource_profile = default\nmfa_serial = arn:aws:iam::1:mfa/me", "its role needs a code of an MFA device, which cannot be asked for here.")]
    [InlineData("role_arn = R\nweb_identity_token_file = /nonesuch/token", "Could not find a part of the path '/nonesuch/token'.")]
    [InlineData("web_identity_token_file = /token", "it has a web_identity_token_file and no role_arn")]
    [InlineData("sso_session = nonesuch", "the config file has no section [sso-session nonesuch] with an sso_start_url.")]
    [InlineData("sso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\nsso_role_name = r", "it has no sso_account_id.")]
    [InlineData("login_session = arn:aws:iam::1:user/me", "it needs 'aws login', which is not supported.")]
    [InlineData("credential_process = echo '{\"Version\":1,\"SecretAccessKey\":\"" + Secret + "\"'", "malformed JSON document.")]
    [InlineData("credential_process = echo no ticket >&2; exit 3", "no ticket")]
    public void A_profile_that_gives_no_credentials_says_why(string settings, string why)
    {
        Write(".aws/credentials", $"[default]\n{Keys("AKIADEFAULT")}[work]\n{settings}\n[back]\nrole_arn = B\nsource_profile = work\n");

        ErrorRecord error = RunToError($"{Get} -ProfileName work");

        Assert.StartsWith("CredentialsMissing,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((ErrorCategory.AuthenticationError, "work"), (error.CategoryInfo.Category, $"{error.TargetObject}"));
        Assert.StartsWith("The profile 'work' gives no credentials: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Calls);
    }

    [Fact]
    public void A_location_that_is_not_there_is_an_error()
    {
        ErrorRecord error = AssertError(Run($"{Get} -ProfileName work -ProfileLocation '{Home}/nonesuch'"), "InvalidParameter", ErrorCategory.InvalidArgument);

        Assert.Equal($"-ProfileLocation {Home}/nonesuch does not exist.", error.Exception.Message);
    }
}
