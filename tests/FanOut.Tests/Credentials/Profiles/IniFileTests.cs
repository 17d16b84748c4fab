using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Tests.Credentials.Profiles;

/// <summary>The format of the shared files.</summary>
public sealed class IniFileTests
{
    [Theory]
    [InlineData("[default]\nregion=eu-west-1", "default", "region", "eu-west-1")]
    [InlineData("  [ profile   two words ]  # remark\nREGION =  eu-west-1  ", "profile two words", "region", "eu-west-1")]
    [InlineData("[profile \"two words\"]\nregion = eu-west-1", "profile two words", "region", "eu-west-1")]
    [InlineData("[it's me]\nregion = eu-west-1", "it's me", "region", "eu-west-1")]
    [InlineData("[a]\nregion = eu-west-1 # remark", "a", "region", "eu-west-1")]
    [InlineData("[a]\nregion = eu-west-1\t; remark", "a", "region", "eu-west-1")]
    [InlineData("[a]\naws_secret_access_key = a/b+c=#;", "a", "aws_secret_access_key", "a/b+c=#;")]
    [InlineData("[a]\ncredential_process = a # b ; c", "a", "credential_process", "a # b ; c")]
    [InlineData("[a]\nregion = first\n[b]\n[a]\nregion = second", "a", "region", "second")]
    [InlineData("[services s]\ndynamodb =\n  endpoint_url = http://x\n\tother = 1\nsqs =\n  endpoint_url = http://y", "services s", "dynamodb.endpoint_url", "http://x")]
    [InlineData("[services s]\ndynamodb =\n  endpoint_url = http://x\nsqs =\n  endpoint_url = http://y", "services s", "sqs.endpoint_url", "http://y")]
    public void A_setting_is_found_in_its_section(string text, string section, string setting, string value) =>
        Assert.Equal(value, IniFile.Parse(text.Split('\n'), "config")[section][setting]);

    [Fact]
    public void What_is_no_setting_is_passed_over()
    {
        Dictionary<string, Dictionary<string, string>> sections = IniFile.Parse(["before = 1", "# x = 1", "; y = 1", "[a]", "  no setting", "", "z = "], "config");

        Assert.Equal(("a", ("z", "")), (Assert.Single(sections).Key, (Assert.Single(sections["a"]).Key, sections["a"]["z"])));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a file that nobody can read.");

        FanOutException error = Assert.Throws<FanOutException>(() => IniFile.Read("/proc/self/mem"));

        Assert.Equal("CredentialFileInvalid", error.ErrorId);
        Assert.StartsWith("/proc/self/mem cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_has_no_sections() => Assert.Empty(IniFile.Read(Path.Join(Path.GetTempPath(), "nonesuch", "config")));
}
