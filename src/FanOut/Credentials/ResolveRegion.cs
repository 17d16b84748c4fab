using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Finds the region.</summary>
internal static class ResolveRegion
{
    public static string Of(SessionRequest request) =>
        request.Region ?? request.StoredRegion ?? Environment.GetEnvironmentVariable("AWS_REGION") ?? throw Failure.RegionMissing("-Region, AWS_REGION");
}
