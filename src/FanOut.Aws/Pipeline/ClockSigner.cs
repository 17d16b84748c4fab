using Amazon.Runtime;
using Amazon.Runtime.Identity;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;

namespace FanOut.Aws.Pipeline;

/// <summary>Signs with the service's time instead of this machine's.</summary>
internal sealed class ClockSigner(ServiceClock clock) : AWS4Signer
{
    public override void Sign(IRequest request, IClientConfig clientConfig, RequestMetrics metrics, BaseIdentity identity)
    {
        ImmutableCredentials keys = ((AWSCredentials)identity).GetCredentials();
        if (keys.UseToken)
        {
            // AWSSDK.Core has put the token there already, but it may be that of a session that was renewed since.
            request.Headers["x-amz-security-token"] = keys.Token;
        }

        request.AWS4SignerResult = SignRequest(request, clientConfig, metrics, keys.AccessKey, keys.SecretKey, clock.Now.UtcDateTime);
        request.Headers["Authorization"] = request.AWS4SignerResult.ForAuthorizationHeader;
    }
}
