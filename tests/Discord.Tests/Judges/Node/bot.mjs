// A bot as people write them with discord.js: it registers commands, and answers commands, buttons and modals.
// Arguments: the address of the API without its version, and the token. It stops when its input ends.
import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  Client,
  ContextMenuCommandBuilder,
  EmbedBuilder,
  Events,
  FileUploadBuilder,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';

const [api, token] = process.argv.slice(2);
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } });

const commands = [
  new SlashCommandBuilder()
    .setName('echo')
    .setDescription('Says what it was told')
    .addStringOption((option) => option.setName('text').setDescription('What').setMaxLength(6000).setRequired(true))
    .addAttachmentOption((option) => option.setName('file').setDescription('A file')),
  new SlashCommandBuilder().setName('form').setDescription('Opens a form'),
  new ContextMenuCommandBuilder().setName('Count').setType(ApplicationCommandType.Message),
];

const buttons = () =>
  new ActionRowBuilder().addComponents(
    new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('gone').setLabel('Delete').setStyle(ButtonStyle.Danger),
    new ButtonBuilder().setURL('https://example.org/').setLabel('Link').setStyle(ButtonStyle.Link),
  );

async function echo(interaction) {
  await interaction.deferReply();
  const file = interaction.options.getAttachment('file');
  const size = file ? (await (await fetch(file.url)).arrayBuffer()).byteLength : 0;
  await interaction.editReply({
    content: interaction.options.getString('text'),
    embeds: [new EmbedBuilder().setTitle('Echo').setDescription(`${size} bytes`)],
    files: [{ attachment: Buffer.from('abc'), name: 'größe.txt' }],
    components: [buttons()],
  });
  const hidden = await interaction.followUp({ content: 'only for you', flags: MessageFlags.Ephemeral });
  await interaction.editReply({ message: hidden, content: `${(await interaction.fetchReply()).attachments.size} file` });
}

async function form(interaction) {
  const modal = new ModalBuilder().setCustomId('form').setTitle('A form');
  modal.addLabelComponents(
    new LabelBuilder()
      .setLabel('Code')
      .setTextInputComponent(new TextInputBuilder().setCustomId('code').setStyle(TextInputStyle.Paragraph).setMaxLength(4000)),
    new LabelBuilder()
      .setLabel('Files')
      .setFileUploadComponent(new FileUploadBuilder().setCustomId('files').setMinValues(0).setMaxValues(5).setRequired(false)),
  );
  await interaction.showModal(modal);
}

async function answer(interaction) {
  if (interaction.isChatInputCommand() && interaction.commandName === 'echo') return echo(interaction);
  if (interaction.isChatInputCommand()) return form(interaction);
  if (interaction.isMessageContextMenuCommand()) return interaction.reply(`${interaction.targetMessage.content.length} characters`);
  if (interaction.isModalSubmit()) {
    const files = interaction.fields.getUploadedFiles('files');
    return interaction.reply(`${interaction.fields.getTextInputValue('code')} and ${files?.size ?? 0} file`);
  }
  if (interaction.isButton() && interaction.customId === 'more') return interaction.update({ content: `more for ${interaction.user.username}` });
  await interaction.deferUpdate();
  return interaction.deleteReply();
}

const report = (...words) => process.stdout.write(`${words.join(' ')}\n`);
client.on(Events.InteractionCreate, (interaction) => answer(interaction).catch((error) => report('error', error.stack)));
client.on(Events.ShardResume, (shard, missed) => report('resumed', missed));
client.on(Events.Error, (error) => report('error', error.stack));
client.rest.on('rateLimited', () => report('rate limited'));
client.once(Events.ClientReady, async () => {
  await client.application.commands.set(commands);
  report('ready', client.user.username, client.guilds.cache.size);
});
process.stdin.on('end', async () => {
  await client.destroy();
  process.exit(0);
});
process.stdin.resume();
await client.login(token);
