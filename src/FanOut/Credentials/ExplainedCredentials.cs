using Amazon.Runtime;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Credentials whose errors say where they come from and what to do.</summary>
/// <param name="inner">The credentials.</param>
/// <param name="explain">Turns an exception into such an error.</param>
internal sealed class ExplainedCredentials(AWSCredentials inner, Func<Exception, FanOutException> explain) : AWSCredentials
{
    /// <inheritdoc/>
    public override ImmutableCredentials GetCredentials()
    {
        try
        {
            return inner.GetCredentials();
        }
        catch (Exception e) when (e is not (FanOutException or OperationCanceledException))
        {
            throw explain(e);
        }
    }

    /// <inheritdoc/>
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        try
        {
            return await inner.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (FanOutException or OperationCanceledException))
        {
            throw explain(e);
        }
    }
}
