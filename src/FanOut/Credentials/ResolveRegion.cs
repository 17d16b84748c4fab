using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Finds the region: the first that was given, in the order that the help of <c>-Region</c> tells.</summary>
/// <param name="environment">The environment's variables.</param>
/// <param name="metadata">The instance, which is asked last.</param>
internal sealed class ResolveRegion(Func<string, string?> environment, InstanceMetadata metadata)
{
    /// <summary>The region.</summary>
    /// <remarks>
    /// A profile that the user named stands before the environment: both may say a region, and the name is the nearer word. A profile that the
    /// environment chose, or nobody, stands after AWS_REGION, as with the AWS CLI: whoever sets AWS_PROFILE and AWS_REGION means both.
    /// </remarks>
    /// <param name="request">What the user said.</param>
    /// <param name="profile">The profile whose settings count, if there is one.</param>
    /// <exception cref="FanOutException">None was found, or it cannot be one.</exception>
    public string Of(SessionRequest request, Profile? profile)
    {
        bool isNamed = profile is not null && profile.Name == request.ProfileName;
        string ofProfile = $"the region of the profile '{profile?.Name}'";
        (string Where, Func<string?> Get)[] places =
        [
            ("-Region", () => request.Region),
            ("$StoredAWSRegion", () => request.StoredRegion),
            (ofProfile, () => isNamed ? profile!["region"] : null),
            ("AWS_REGION", () => environment("AWS_REGION")),
            ("AWS_DEFAULT_REGION", () => environment("AWS_DEFAULT_REGION")),
            (ofProfile, () => isNamed ? null : profile?["region"]),
            ("the instance", metadata.Region),
        ];
        foreach ((string where, Func<string?> get) in places)
        {
            if (get() is { Length: > 0 } region)
            {
                return IsRegion(region) ? region : throw FanOutError.InvalidRegion(where, region);
            }
        }

        string[] profileFirst = profile is null ? [] : [ofProfile];
        string[] tried =
        [
            "-Region", "the ARNs among the parameters", "$StoredAWSRegion", .. isNamed ? profileFirst : [], "AWS_REGION", "AWS_DEFAULT_REGION",
            .. isNamed ? [] : profileFirst, $"the instance ({metadata.Silence ?? "it does not know"})",
        ];
        throw FanOutError.RegionMissing(string.Join(", ", tried));
    }

    // It becomes part of a host name. Which regions there are is AWS's to say: those still to come work too.
    private static bool IsRegion(string text) =>
        text.Contains('-', StringComparison.Ordinal) && char.IsAsciiLetterLower(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
