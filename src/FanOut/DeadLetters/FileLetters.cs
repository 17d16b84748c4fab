using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using FanOut.Errors;
using Microsoft.Win32.SafeHandles;

namespace FanOut.DeadLetters;

/// <summary>The letters in a file of this computer, one a line: what a replay has written with -DeadLetterPath, or Get-FanOutDeadLetter with -Path.</summary>
/// <remarks>A letter that was delivered is written over with blanks where it stands, which takes the same time however long the file is; at the end the blanks go.</remarks>
/// <param name="path">The file.</param>
/// <param name="removes">Whether letters may be removed: then nobody else may write to the file meanwhile.</param>
internal sealed class FileLetters(string path, bool removes) : ILetterBox
{
    private const int PageLetters = 500;
    private const long PageBytes = 4 * 1024 * 1024;

    private readonly Dictionary<int, (long Offset, int Length)> _places = [];
    private SafeFileHandle? _file;
    private bool _hasBlanks;

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public string Region => "";

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => [];

    /// <inheritdoc/>
    /// <remarks>Another reason may be longer than the line has room.</remarks>
    public bool CountsAttempts => false;

    /// <summary>Whether a text that is to name where letters lie names a file: queues, topics and buckets have neither slashes nor such an ending but in URLs.</summary>
    public static bool Looks(string text) => !text.Contains("://", StringComparison.Ordinal) && !text.StartsWith("arn:", StringComparison.Ordinal)
        && (text.AsSpan().ContainsAny('/', '\\') || text.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public Task<long?> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <inheritdoc/>
    /// <exception cref="FanOutException">FileNotFound, FileNotRead.</exception>
    public async IAsyncEnumerable<IReadOnlyList<StoredLetter>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SafeFileHandle file = Open();
        DateTimeOffset stored = File.GetLastWriteTimeUtc(path);
        try
        {
            List<StoredLetter> page = [];
            long bytes = 0;
            await foreach (FileLine line in new ReadLines(file).OfAsync(cancellationToken).ConfigureAwait(false))
            {
                if (line.IsBlank)
                {
                    continue;
                }

                _places[line.Number] = (line.Offset, line.Text.Length);
                bool isText = Utf8.IsValid(line.Text.Span);
                page.Add(new StoredLetter(isText ? Encoding.UTF8.GetString(line.Text.Span) : "", stored) { ObjectKey = path, Line = line.Number, Problem = isText ? null : "The line is no text." });
                bytes += line.Text.Length;
                if (page.Count >= PageLetters || bytes >= PageBytes)
                {
                    yield return page;
                    page = [];
                    bytes = 0;
                }
            }

            if (page.Count > 0)
            {
                yield return page;
            }
        }
        finally
        {
            if (!removes)
            {
                Close();
            }
        }
    }

    /// <inheritdoc/>
    public void EndRound() => _places.Clear();

    /// <inheritdoc/>
    public Task KeepHiddenAsync(TimeProvider time, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UnsettledLetter>> SettleAsync(IReadOnlyCollection<SettledLetter> letters, CancellationToken cancellationToken)
    {
        List<UnsettledLetter> left = [];
        foreach (SettledLetter settled in letters.Where(static l => l.Body is null))
        {
            try
            {
                (long offset, int length) = _places[settled.Letter.Line!.Value];
                byte[] blanks = new byte[length];
                Array.Fill(blanks, (byte)' ');
                await RandomAccess.WriteAsync(_file!, blanks, offset, cancellationToken).ConfigureAwait(false);
                _hasBlanks = true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
            {
                left.Add(new UnsettledLetter(settled.Letter, e.Message));
            }
        }

        if (letters.Count > 0)
        {
            RandomAccess.FlushToDisk(_file!);
        }

        return left;
    }

    /// <inheritdoc/>
    public async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_hasBlanks)
            {
                await RemoveBlanksAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Blank lines are in nobody's way.
        }
        finally
        {
            Close();
        }
    }

    // The file is there as a whole at any time; of one in which nothing is left an empty one stays, as it may be a replay's.
    private async Task RemoveBlanksAsync(CancellationToken cancellationToken)
    {
        string partial = path + ".partial";
        long kept = 0;
        await using (var into = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(partial, File.GetUnixFileMode(path));
            }

            await foreach (FileLine line in new ReadLines(_file!).OfAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!line.IsBlank)
                {
                    await into.WriteAsync(line.Text, cancellationToken).ConfigureAwait(false);
                    into.WriteByte((byte)'\n');
                    kept++;
                }
            }

            into.Flush(flushToDisk: true);
        }

        if (kept == 0)
        {
            RandomAccess.SetLength(_file!, 0);
            File.Delete(partial);
            return;
        }

        Close();
        File.Move(partial, path, overwrite: true);
    }

    private SafeFileHandle Open()
    {
        try
        {
            return _file ??= File.OpenHandle(path, FileMode.Open, removes ? FileAccess.ReadWrite : FileAccess.Read, removes ? FileShare.None : FileShare.ReadWrite);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FanOutError.FileNotFound(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FanOutError.LettersNotOpened(path, removes, e);
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
