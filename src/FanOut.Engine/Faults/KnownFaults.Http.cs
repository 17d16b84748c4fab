namespace FanOut.Engine.Faults;

/// <content>HTTPS endpoints of anybody's. Their statuses are all that can be gone by; those that are not here are judged by <see cref="ErrorClass"/>.</content>
/// <remarks>
/// A request always goes to the same URL by the same method with the same headers. So what a status says of these is said of the target, and what it says of the
/// content, of the records.
/// </remarks>
public static partial class KnownFaults
{
    private static KnownFault[] OfHttp() =>
    [
        .. Table(Service.Http, "https://www.rfc-editor.org/rfc/rfc9110#name-client-error-4xx",
            ("Http400", Item),
            ("Http401", Target),
            ("Http402", Target),
            ("Http403", Target),
            ("Http404", Target),
            ("Http405", Target),
            ("Http406", Target),
            ("Http407", Target),
            ("Http408", Ambiguous),
            ("Http410", Target),
            ("Http411", Target),
            ("Http413", Item),
            ("Http414", Target),
            ("Http415", Item),
            ("Http422", Item),
            ("Http426", Target),
            ("Http501", Target),
            ("Http505", Target)),

        // It answers for each part of a request by itself, in a form that is not known here: which records it took is not known.
        .. Table(Service.Http, "https://www.rfc-editor.org/rfc/rfc4918#section-11",
            ("Http207", Target)),
        .. Table(Service.Http, "https://www.rfc-editor.org/rfc/rfc8470#section-5.2", ("Http425", Refused)),
        .. Table(Service.Http, "https://www.rfc-editor.org/rfc/rfc6585", ("Http429", Refused), ("Http511", Target)),
        .. Table(Service.Http, "https://www.rfc-editor.org/rfc/rfc7725", ("Http451", Target)),
    ];
}
