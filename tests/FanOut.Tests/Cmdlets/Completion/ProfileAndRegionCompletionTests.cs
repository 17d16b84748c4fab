using FanOut.Tests.Cmdlets.Credentials;

namespace FanOut.Tests.Cmdlets.Completion;

/// <summary>Tab on -ProfileName and -Region.</summary>
public sealed class ProfileAndRegionCompletionTests : CredentialsTests
{
    [Theory]
    [InlineData("eusc", "eusc-de-east-1")]
    [InlineData("EU-W", "eu-west-1 eu-west-2 eu-west-3")]
    [InlineData("'cn-", "cn-north-1 cn-northwest-1")]
    [InlineData("us-gov", "us-gov-east-1 us-gov-west-1")]
    [InlineData("us-iso", "us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1")]
    [InlineData("us-east", "us-east-1 us-east-2")]
    [InlineData("nowhere", "")]
    public void Regions_are_those_of_all_partitions(string typed, string completed)
    {
        Assert.Equal(completed, Complete($"Get-FanOutTarget -Region {typed}", "CompletionText"));
        Assert.Empty(Cloud.Calls);
    }

    [Fact]
    public void The_tool_tip_of_a_region_is_its_name() => Assert.Equal("Europe (Ireland)", Complete("Get-FanOutTarget -Region eu-west-1", "ToolTip"));

    [Fact]
    public void Profiles_are_those_of_the_files_and_are_quoted_where_they_must_be()
    {
        Write(".aws/credentials", $"[work]\n{Keys("AKIAWORK")}[default]\n[it's me]\n{Keys("AKIAME")}");
        Write(".aws/config", "[profile World]\nregion = eu-west-1\n[profile two words]\n[sso-session wonder]\n[services woo]\n");

        Assert.Equal("work World", Complete("Get-FanOutTarget -ProfileName wo", "CompletionText"));
        Assert.Equal("default 'it''s me' 'two words' work World", Complete("Get-FanOutTarget -ProfileName ", "CompletionText"));
        Assert.Equal("two words", Complete("Get-FanOutTarget -ProfileName 'two w", "ListItemText"));
    }

    [Fact]
    public void Profiles_of_another_location_are_found_from_where_the_prompt_is()
    {
        Write("elsewhere/credentials", $"[there]\n{Keys("AKIATHERE")}");
        Session.Run($"Set-Location '{Home}'").ThrowIfFailed();

        Assert.Equal("there", Complete("Get-FanOutTarget -ProfileLocation ./elsewhere -ProfileName ", "CompletionText"));
    }

    [Theory]
    [InlineData("aws_access_key_id = AKIAHIDDEN\naws_secret_access_key = hush\nregion = eu-west-1", "access key; eu-west-1")]
    [InlineData("aws_access_key_id = AKIAHIDDEN\naws_secret_access_key = hush\naws_session_token = hush", "temporary access key")]
    [InlineData("role_arn = arn:aws:iam::999999999999:role/r\nsource_profile = base\nexternal_id = hush", "role arn:aws:iam::999999999999:role/r")]
    [InlineData("sso_session = s\nsso_account_id = 999999999999\nsso_role_name = Admin", "IAM Identity Center, account 999999999999, Admin")]
    [InlineData("credential_process = cmd --password hush", "credential process")]
    [InlineData("login_session = arn:aws:iam::1:user/me", "aws login")]
    [InlineData("region = eu-west-1", "no credentials; eu-west-1")]
    public void The_tool_tip_of_a_profile_is_its_kind_and_region_and_no_key(string settings, string toolTip)
    {
        Write(".aws/credentials", $"[work]\n{settings}\n");

        Assert.Equal(toolTip, Complete("Get-FanOutTarget -ProfileName work", "ToolTip"));
    }

    [Theory]
    [InlineData("Get-FanOutTarget -ProfileLocation 'nowhere:/x' -ProfileName ")]
    [InlineData("Get-FanOutTarget -ProfileName ")]
    public void Nothing_is_completed_and_nothing_disturbed_when_files_cannot_be_read(string line)
    {
        Directory.CreateDirectory(Path.Join(Home, ".aws/credentials"));

        PowerShellResult result = Run($"$Error.Clear(); (TabExpansion2 \"{line}\" {line.Length}).CompletionMatches.Count; $Error.Count");

        // PowerShell itself completes file names where a completer has nothing.
        Assert.Equal("0", $"{result.Output[^1]}");
        Assert.DoesNotContain(result.Output, static o => $"{o}".Contains("profile", StringComparison.OrdinalIgnoreCase));
    }

    private string Complete(string line, string property)
    {
        PowerShellResult result = Session.Run($"$line = @'\n{line}\n'@; (TabExpansion2 $line $line.Length).CompletionMatches | Where-Object ResultType -eq ParameterValue | ForEach-Object {property}");
        return string.Join(' ', result.ThrowIfFailed().Output);
    }
}
