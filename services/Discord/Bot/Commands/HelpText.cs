namespace CodeInterpreter.Discord.Bot.Commands;

/// <summary>What the bot says of itself.</summary>
internal static class HelpText
{
    public const string Text =
        "**Run Python code in a sandbox**\n"
        + "`/run code:` runs code. `file1` to `file5` are files that it opens by their names, `stdin` is what `input()` reads, "
        + "and with `private` only you see the answer. Without code, a window opens for up to 4000 characters and ten files.\n"
        + "**Run code**, in the menu of a message under *Apps*, runs all code blocks of the message together. "
        + "A `.py` attachment is code, too; other attachments are files.\n"
        + "`/files` lists your files, `/file id:` sends one, `/delete id:` deletes one, and `/delete` everything of yours.\n\n"
        + "**Files.** What the code writes into its working directory is kept for 48 hours. "
        + "Write the id of a file into later code to use it: `df = load_file('id')`.\n"
        + "**Limits.** The sandbox has no network. One execution of yours runs at a time. "
        + "Answers show ten lines of output; the whole is attached.\n"
        + "**Privacy.** Code, results and files are kept for 48 hours, and only you can use them. "
        + "An answer that is not private can be read in its channel.";
}
