using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud;

/// <summary>One AWS service of the stand-in. Add one of your own with <see cref="Cloud.Add"/>.</summary>
/// <remarks>
/// A request comes here only after the form of its signature was checked. A <see cref="ServiceException"/> is answered in the error format of the
/// request's protocol.
/// </remarks>
public interface IService
{
    /// <summary>The service names in the credential scope that mean this service, for example <c>es</c> and <c>aoss</c>.</summary>
    IReadOnlyList<string> SigningNames { get; }

    /// <summary>Tells the operation and the resource of a request without executing it; faults and the log of calls need them first.</summary>
    CallSubject Identify(ServiceCall serviceCall);

    /// <summary>Executes the request.</summary>
    /// <param name="serviceCall">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves or the cloud stops.</param>
    Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken);
}
