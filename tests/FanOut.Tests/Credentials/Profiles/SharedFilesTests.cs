using FanOut.Credentials.Profiles;

namespace FanOut.Tests.Credentials.Profiles;

/// <summary>Where the shared files lie.</summary>
public sealed class SharedFilesTests
{
    [Theory]
    [InlineData(null, null, null, "/home/me/.aws/credentials", "/home/me/.aws/config")]
    [InlineData(null, "/x/keys", null, "/x/keys", "/home/me/.aws/config")]
    [InlineData(null, null, "~/x/settings", "/home/me/.aws/credentials", "/home/me/x/settings")]
    [InlineData("/nonesuch/keys", "/x/keys", "/x/settings", "/nonesuch/keys", "/nonesuch/config")]
    [InlineData("/tmp", "/x/keys", "/x/settings", "/tmp/credentials", "/tmp/config")]
    public void The_parameter_counts_more_than_the_environment_and_that_more_than_the_home(
        string? location, string? credentialsVariable, string? configVariable, string credentials, string config)
    {
        Dictionary<string, string?> environment = new()
        {
            ["HOME"] = "/home/me",
            ["AWS_SHARED_CREDENTIALS_FILE"] = credentialsVariable,
            ["AWS_CONFIG_FILE"] = configVariable,
        };

        Assert.Equal(new SharedFiles(credentials, config), SharedFiles.Of(location, environment.GetValueOrDefault));
    }

    [Fact]
    public void Windows_has_another_name_for_the_home()
    {
        Dictionary<string, string?> environment = new() { ["USERPROFILE"] = "/users/me" };

        Assert.Equal("/users/me/.aws/config", SharedFiles.Of(null, environment.GetValueOrDefault).Config);
    }
}
