using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud;

/// <summary>One AWS service of the stand-in. Add one of your own with <see cref="Cloud.Add"/>.</summary>
/// <remarks>
/// A request comes here only after its signature's form was checked. What a service throws as <see cref="ServiceException"/> is answered
/// in the error shape of the protocol that the request speaks.
/// </remarks>
public interface IService
{
    /// <summary>The service names in the credential scope that mean this service, for example <c>es</c> and <c>aoss</c>.</summary>
    IReadOnlyList<string> SigningNames { get; }

    /// <summary>Says what a request asks for, without doing it: faults and the call log need it first.</summary>
    CallTarget Identify(ServiceCall serviceCall);

    /// <summary>Does what the request asks for.</summary>
    /// <param name="serviceCall">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client leaves or the cloud stops.</param>
    Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken);
}
