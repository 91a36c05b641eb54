/**
 * The terms that the product uses: the page takes its help from here, and `npm run glossary` writes
 * docs/glossary.md. Each is an export of its own, so that the page carries only those it shows.
 */

export interface Term {
  readonly name: string;
  /** One sentence that says what it is, short enough to stand beside a figure. */
  readonly meaning: string;
  /** A further sentence or two, for the glossary alone. */
  readonly more?: string;
}

const term = (name: string, meaning: string, more?: string): Term =>
  more === undefined ? { name, meaning } : { name, meaning, more };

export const ABX = term(
  'ABX',
  'A blind test that plays A, B and X and asks which of the two X is.',
  'It shows whether a difference is heard, not which sound is better.',
);

export const ADAM = term(
  'Adam',
  'The optimiser: it sets the size of each weight’s step by the running mean and the running square of that weight’s gradients.',
);

export const AUGMENTATION = term(
  'Augmentation',
  'Further training rows put together from bands that different people set.',
  'Nobody gave them a word; where neighbours vote, they have the words of the rows that are nearest to them.',
);

export const BASELINE = term(
  'Baseline',
  'What anyone could do without a model, measured on the same rows: a flat curve, principal components, or neighbours by the curves alone.',
);

export const BATCH = term(
  'Batch',
  'The rows that one training step learns from; their gradients are averaged.',
);

export const BELL = term(
  'Bell',
  'An equaliser band that raises or lowers what lies around one frequency; its Q says how narrow it is.',
);

export const BYPASS = term('Bypass', 'The sound as it came in, without the equaliser.');

export const CENTROID = term('Centroid', 'The mean of the latents of a word’s training rows.');

export const CHECKPOINT = term(
  'Checkpoint',
  'A saved model together with the optimiser’s memory, from which training goes on as if it had never stopped.',
);

export const CLUSTER_OF_A_WORD = term(
  'Cluster of a word',
  'One of the different things that people mean by the same word, found by grouping the word’s response curves.',
  'The page calls them kinds: kinds of “warm”. A word has more than one only where the further ones bring it nearer to people who were left out.',
);

export const CONFIDENCE_INTERVAL = term(
  '95 % interval',
  'The range in which the figure would lie in 95 of 100 draws of other people of the same kind.',
  'It is found by drawing the held-out people, not their rows, again and again (bootstrap). Where the interval of a difference holds 0, no difference is claimed.',
);

export const CONTRASTIVE_LOSS = term(
  'Contrastive loss',
  'The part of the loss that draws rows of one word together and pushes rows of different words apart.',
  'Supervised contrastive loss: Khosla et al., NeurIPS 2020.',
);

export const CONTRIBUTOR = term(
  'Contributor',
  'A person who gave settings; known here by a number only.',
);

export const DAVIES_BOULDIN = term(
  'Davies–Bouldin index',
  'How wide the words are in the latent, compared with the distances between them; lower is better.',
);

export const DECODER = term(
  'Decoder',
  'The half of the network that turns a latent back into an equaliser setting.',
);

export const DRAWING_APART = term(
  'Drawing words apart',
  'Moving the points of the map towards the words that the word head takes them for; what a place sounds like does not change.',
  'A says by how much: a latent z is drawn at z + A · Uᵀ softmax(β (M z + b)), where M and b are the word head and U its centred rows, scaled to a mean length of 1. Every place of the map has one latent, which Newton’s method finds.',
);

export const DROPOUT = term(
  'Dropout',
  'Setting a random share of the network’s activations to 0 in each training step, so that it relies on no single one.',
);

export const EARLY_STOPPING = term(
  'Early stopping',
  'Ending a run, with its best weights, once rows kept aside have gone some epochs without a smaller loss.',
  'Those rows are taken from the training rows, never from the held-out ones.',
);

export const ENCODER = term(
  'Encoder',
  'The half of the network that turns an equaliser setting into a latent.',
);

export const ENERGY_SCORE = term(
  'Energy score',
  'How badly settings drawn for a word foretell another person’s, in dB: their mean distance to it, less half of that between two of them; lower is better.',
  'Of a single setting it is the distance. Gneiting and Raftery, J. Am. Stat. Assoc. 2007.',
);

export const ENGINE = term(
  'Engine',
  'The code that computes training steps: WebGPU, WebAssembly, or TensorFlow.js as a last resort.',
);

export const EPOCH = term('Epoch', 'One pass of the training over all training rows.');

export const FISHERS_EXACT_TEST = term(
  'Fisher’s exact test',
  'How often someone who hears nothing, but says A as often as you did, gets at least as many right.',
  'The plain p-value assumes a coin toss for each answer. Who says A in half of the trials, as the trials themselves do, gets many right by chance more often than coins do.',
);

export const FLAT_CURVE = term('Flat curve', 'An equaliser that changes nothing: 0 dB everywhere.');

export const FOLD = term(
  'Fold',
  'One of several parts the contributors are dealt into; holding each out in turn tests the recipe on everybody.',
);

export const FORCED_CHOICE = term(
  'Forced choice',
  'A blind test that plays two sounds and asks which is more of something, say warmer; “neither” is no answer.',
);

export const HELD_OUT = term(
  'Held-out rows',
  'Rows, of whole contributors, that nothing is learnt from; only figures on them say how well a model does for new people.',
);

export const KL_DIVERGENCE = term(
  'KL divergence',
  'How far a variational model’s latents are from a standard normal distribution; a part of that model’s loss.',
  'Named after Kullback and Leibler.',
);

export const KNN_ACCURACY = term(
  'kNN accuracy',
  'How often the 15 nearest training rows in the latent, by majority, name a row’s own word.',
  'Each word counts alike, however many rows it has (balanced accuracy). kNN stands for k nearest neighbours.',
);

export const LATENT = term(
  'Latent',
  'The few numbers, say 2 to 32, into which the encoder condenses a setting; settings that mean alike should lie near each other.',
);

export const LEARNING_RATE = term(
  'Learning rate',
  'How large a step the optimiser takes along the gradient.',
);

export const LOUDNESS_MATCHING = term(
  'Loudness matching',
  'Bringing sounds to one loudness by ITU-R BS.1770 before they are compared, since the louder of two nearly always sounds better.',
);

export const LSD = term(
  'LSD',
  'Log-spectral distance: the root mean square, in dB, of the difference of two response curves from 20 Hz to 20 kHz.',
);

export const LU = term(
  'LU',
  'Loudness unit: a difference of 1 LU is 1 dB of loudness by ITU-R BS.1770.',
  'LUFS is the same scale counted from digital full scale.',
);

export const MEAN_CURVE = term(
  'Mean curve',
  'The average, at each frequency, of the response curves that people gave a word.',
);

export const MEDOID = term(
  'Medoid',
  'The one real curve with the smallest sum of distances to all others of its word.',
);

export const NORMALISER = term(
  'Normaliser',
  'The rule that scales gains, frequencies and Qs to numbers of like size for the network, and back.',
);

export const P_VALUE = term(
  'p-value',
  'How often someone who only guesses would do at least as well.',
  'A small one makes guessing unlikely. A large one does not show that two sounds are alike.',
);

export const PARAMETER_ERROR = term(
  'Parameter error',
  'Mean squared error of the 13 parameters, each scaled to about 0–1; ears weigh them otherwise.',
);

export const PCA = term(
  'PCA',
  'Principal component analysis: the directions along which data varies most, in order.',
  'The map shows a latent of more than two dimensions along its first two. As a baseline, as many components as the latent has dimensions stand for settings instead of a model.',
);

export const PRESET = term(
  'Preset',
  'A setting in the form in which an equaliser program reads it.',
);

export const PROJECTION_HEAD = term(
  'Projection head',
  'A further layer on the latent that only the contrastive loss uses, during training.',
);

export const PROPOSAL = term(
  'Proposal',
  'One of up to five settings that people may mean by a word, placed so that whoever uses it finds one of them near.',
);

export const Q = term('Q', 'How narrow a band is: its centre frequency over its bandwidth.');

export const RECIPE = term(
  'Recipe',
  'Everything about a run that a person chooses: architecture, losses, rates, what is held out, how the data is cleaned, the seed.',
);

export const RECONSTRUCTION_LOSS = term(
  'Reconstruction loss',
  'The part of the loss that asks that what comes out of the decoder be what went into the encoder.',
);

export const RESPONSE_CURVE = term(
  'Response curve',
  'What an equaliser does to each frequency, in dB.',
);

export const RESPONSE_ERROR = term(
  'Response error',
  'How far, in dB, the response curves that come out of the model are from those that went in.',
);

export const SEED = term(
  'Seed',
  'The number from which every random choice of a run follows; the same seed on the same engine gives the same model, to the last bit.',
);

export const SEED_LOG = term(
  'Seed log',
  'The project log in which the recipes Seed V1 and Seed V2 were published, with V2’s weights.',
);

export const SEED_V1 = term(
  'Seed V1',
  'The seed log’s first recipe, which fails, and is kept to show why: it compares physical units with z-scores.',
);

export const SEED_V2 = term(
  'Seed V2',
  'The reference model: a residual autoencoder with a contrastive loss.',
  'Its 139,501 weights are published in the seed log.',
);

export const SHELF = term(
  'Shelf',
  'An equaliser band that raises or lowers everything below (low shelf) or above (high shelf) its frequency.',
);

export const SILHOUETTE = term(
  'Silhouette',
  'How much nearer rows lie to their own word than to the next one in the latent, from −1 to 1; above 0 the words part.',
  'It is taken of the latent as it is. Drawing the words apart raises it and tells nothing new, so whether a model knows words is read off its accuracy.',
);

export const STRENGTH = term(
  'Strength',
  'How much of a word is applied: 100 % as people meant it, 0 % nothing, −100 % the inverse.',
);

export const SWEEP = term(
  'Sweep',
  'Several runs that differ in a few settings, trained side by side to compare them.',
);

export const VARIATIONAL = term(
  'Variational autoencoder',
  'An autoencoder whose encoder gives a mean and a spread for each row; training draws the latent from them.',
);

export const WEIGHT_DECAY = term(
  'Weight decay',
  'Shrinking the weights a little in each step, so that none grows without need.',
);

export const WIN_RATE = term(
  'Win rate',
  'How often a setting comes nearer to another person’s than one drawn from the training rows of the word does.',
);

export const WORD_HEAD = term(
  'Word head',
  'A linear layer from the latent to the words, trained on the words of a row’s nearest neighbours in place of the contrastive loss.',
);

export const WORD_ACCURACY = term(
  'Word accuracy',
  'How often the word head names a row’s own word; each word counts alike, however many rows it has (balanced accuracy).',
);

export const WORD_LOSS = term(
  'Word loss',
  'What training pays for rows whose words it cannot tell apart: the contrastive loss or, where there is a word head, the cross-entropy of its words.',
);

export const Z_SCORE = term(
  'z-score',
  'A value less its column’s mean, divided by the column’s standard deviation.',
);
