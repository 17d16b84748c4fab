using System.Globalization;

namespace FanOut.Aws;

/// <summary>
/// A server answered with success, but sent more than the service can have to say. The rest was not read, so it is not known what the server did.
/// Where an answer has an entry per item, such as that of <c>_bulk</c>, a single item can be the reason.
/// </summary>
/// <param name="mostBytes">How many bytes were allowed.</param>
/// <param name="cause">The exception of the read.</param>
public sealed class AnswerTooLargeException(long mostBytes, Exception? cause = null)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The answer has more than {mostBytes:N0} bytes, or headers without end, and was not read to its end. It is not known whether the items were accepted."), cause)
{
    /// <summary>How many bytes were allowed.</summary>
    public long MostBytes => mostBytes;
}
