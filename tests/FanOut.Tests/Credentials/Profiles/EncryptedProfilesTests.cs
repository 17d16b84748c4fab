using Amazon;
using Amazon.Runtime.CredentialManagement;
using FanOut.Credentials.Profiles;

namespace FanOut.Tests.Credentials.Profiles;

/// <summary>Profiles of the store that AWS.Tools writes on Windows.</summary>
public sealed class EncryptedProfilesTests
{
    [Fact]
    public void A_stored_profile_has_the_settings_it_would_have_in_a_file()
    {
        FanOut.Credentials.Profiles.Profile profile = EncryptedProfiles.Of(new CredentialProfile("work", new CredentialProfileOptions { RoleArn = "arn:r", SourceProfile = "base", ExternalID = "e" })
        {
            Region = RegionEndpoint.EUWest1,
        });

        Assert.Equal(("work", ProfileKind.Role, "base", "e", "role arn:r; eu-west-1"), (profile.Name, profile.Kind, profile["source_profile"], profile["external_id"], profile.Description));
    }

    [Fact]
    public void Elsewhere_than_on_Windows_there_are_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has that store.");

        Assert.Empty(EncryptedProfiles.Names());
        Assert.False(EncryptedProfiles.TryGet("default", out _));
    }
}
