using System.Runtime.CompilerServices;
using FanOut.Aws.S3;

namespace FanOut.DeadLetters.Replays;

/// <summary>Lists files of what Lambda gave up, in the order in which it did.</summary>
/// <param name="objects">The bucket.</param>
internal sealed class ListGivenUp(BucketObjects objects)
{
    /// <summary>The files of all folders, those of one second together.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<IReadOnlyList<GivenUpFile>> BySecondAsync(IEnumerable<string> folders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<IAsyncEnumerator<GivenUpFile>> open = [];
        try
        {
            foreach (string folder in folders)
            {
                IAsyncEnumerator<GivenUpFile> files = OfAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
                open.Add(files);
                await NextAsync(open, files).ConfigureAwait(false);
            }

            while (open.Count > 0)
            {
                string moment = open.Select(static f => f.Current.Moment).Min(StringComparer.Ordinal)!;
                List<GivenUpFile> together = [];
                foreach (IAsyncEnumerator<GivenUpFile> files in open.ToArray())
                {
                    while (open.Contains(files) && files.Current.Moment == moment)
                    {
                        together.Add(files.Current);
                        await NextAsync(open, files).ConfigureAwait(false);
                    }
                }

                yield return together;
            }
        }
        finally
        {
            foreach (IAsyncEnumerator<GivenUpFile> files in open)
            {
                await files.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task NextAsync(List<IAsyncEnumerator<GivenUpFile>> open, IAsyncEnumerator<GivenUpFile> files)
    {
        if (!await files.MoveNextAsync().ConfigureAwait(false))
        {
            open.Remove(files);
            await files.DisposeAsync().ConfigureAwait(false);
        }
    }

    // S3 lists keys in their order, and within a folder that is the order of time.
    private async IAsyncEnumerable<GivenUpFile> OfAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (S3ObjectSummary found in objects.ListAsync(folder + "/", cancellationToken).ConfigureAwait(false))
        {
            if (GivenUpFile.Of(found) is { } file && file.Folder == folder)
            {
                yield return file;
            }
        }
    }
}
