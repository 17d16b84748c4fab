using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Identity;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace FanOut.Aws.Pipeline;

/// <summary>Says that every operation of ours is signed with Signature Version 4, and dated by the service's clock.</summary>
internal sealed class SignatureHandler(ServiceClock clock) : BaseAuthResolverHandler
{
    private readonly ClockSigner _signer = new(clock);

    protected override ISigner GetSigner(IAuthScheme<BaseIdentity> scheme) => _signer;

    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}
