namespace FanOut.EndToEnd.Chaos;

/// <summary>How a batch is cut that comes again.</summary>
public enum Cuts
{
    /// <summary>
    /// As Connect-FanOutSource has it by default: what follows the first failed record comes again; where that is the first of all, in halves
    /// (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html).
    /// </summary>
    Defaults,

    /// <summary>Whatever comes again comes in halves.</summary>
    Halves,
}
