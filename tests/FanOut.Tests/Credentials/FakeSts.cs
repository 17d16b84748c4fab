using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace FanOut.Tests.Credentials;

/// <summary>STS as far as AssumeRole goes: numbers the keys it gives, and fails on request.</summary>
internal sealed class FakeSts(TimeProvider time) : AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), RegionEndpoint.USEast1)
{
    public List<AssumeRoleRequest> Requests { get; } = [];

    /// <summary>What the next calls fail with.</summary>
    public Exception? Error { get; set; }

    /// <summary>What the next calls wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public override async Task<AssumeRoleResponse> AssumeRoleAsync(AssumeRoleRequest request, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        int number = Requests.Count;
        await Gate;
        return Error is null
            ? new AssumeRoleResponse
            {
                Credentials = new Amazon.SecurityToken.Model.Credentials(
                    $"AKIA{number}", "secret", "token", time.GetUtcNow().UtcDateTime.AddSeconds(request.DurationSeconds ?? 0)),
            }
            : throw Error;
    }
}
