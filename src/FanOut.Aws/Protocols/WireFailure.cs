using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.Protocols;

/// <summary>Makes a service's exception from an error answer.</summary>
internal delegate AmazonServiceException WireFailure(
    string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode);
