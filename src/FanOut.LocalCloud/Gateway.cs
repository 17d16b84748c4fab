using System.IO.Compression;
using System.Security.Cryptography;
using FanOut.LocalCloud.Endpoints;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Signing;
using FanOut.LocalCloud.Sts;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud;

/// <summary>The steps of every request, whatever its service: signature, identity, faults, form of errors, request id, log.</summary>
internal sealed class Gateway(ServiceRegistry services, StsService sts, AccessControl access, FaultyAnswer answers, Journal<LoggedCall> calls, TimeProvider time)
{
    private int _number;

    public async Task<HttpResponse> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request is { Method: "GET", Path: "/ping" } && request.Header("Authorization") is null)
        {
            // AWS's hosts tell load balancers so of their health; it is no call.
            return HttpResponse.Text(200, "text/plain", "healthy");
        }

        int number = Interlocked.Increment(ref _number);
        string requestId = Guid.NewGuid().ToString();
        DateTimeOffset arrived = time.GetUtcNow();
        Protocol protocol = Protocols.Of(request);
        ServiceCall? call = null;
        HttpResponse? response = null;
        string? errorCode = null;
        string? service = null;
        try
        {
            // An endpoint of others knows nothing of signatures.
            Credential credential = EndpointService.Owns(request) ? new Credential("", "us-east-1", EndpointService.Name, null) : SignatureCheck.Check(request, protocol, arrived);
            service = credential.Service;
            Identity identity = sts.Identify(credential, protocol);
            call = new ServiceCall
            {
                Number = number,
                Request = Unpack(request, credential.Service),
                RequestId = requestId,
                Service = credential.Service,
                AccessKeyId = credential.AccessKeyId,
                AccountId = identity.AccountId,
                Region = credential.Region,
                Time = arrived,
                Protocol = protocol,
                WireBytes = request.Body.Length,
            };
            IService target = services.Find(credential.Service) ?? throw new ServiceException(
                "UnknownService", $"The stand-in has no service that is signed for as '{credential.Service}'.", 404);
            call.Aim(target.Identify(call));
            access.Authorize(call, identity);
            response = await answers.AnswerAsync(call, target, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException error)
        {
            errorCode = error.Code;
            response = ErrorAnswer.Of(error, protocol, ErrorAnswer.DialectOf(service, request), requestId);
        }
        finally
        {
            bool answered = response is { Misbehaviour: not { Kind: MisbehaviourKind.Hang or MisbehaviourKind.CloseBeforeAnswer } };
            calls.Add(new LoggedCall(
                number,
                arrived,
                service ?? "",
                call?.Operation ?? "",
                call?.Destination,
                call?.AccessKeyId ?? "",
                call?.AccountId ?? "",
                call?.Region ?? "",
                request.Body.Length,
                answered ? response!.Status : 0,
                errorCode,
                requestId,
                Convert.ToHexString(SHA256.HashData(request.Body.Span)),
                request.Headers));
        }

        if (service == "kinesis" && CborBodies.Has(request))
        {
            response = CborBodies.Of(response);
        }

        response.Headers["x-amzn-RequestId"] = requestId;
        return response;
    }

    // Only Kinesis knows CBOR, and only some services a compressed body; to the others both are broken ones, as in AWS.
    private static HttpRequest Unpack(HttpRequest request, string service)
    {
        if (service == "kinesis" && CborBodies.Has(request))
        {
            return CborBodies.ToJson(request);
        }

        if (service is not ("monitoring" or "es" or "aoss") || request.Header("Content-Encoding") != "gzip")
        {
            return request;
        }

        using MemoryStream body = new();
        using (GZipStream gzip = new(new MemoryStream(request.Body.ToArray()), CompressionMode.Decompress))
        {
            try
            {
                gzip.CopyTo(body);
            }
            catch (InvalidDataException exception)
            {
                throw new ServiceException("SerializationException", $"The body says it is gzip but is not: {exception.Message}");
            }
        }

        return request with { Body = body.ToArray() };
    }
}
